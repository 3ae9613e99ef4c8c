// The page that is read tells the reader's script (reader.js) that it stands there, drawn or empty.
// It comes and goes with its tab; the script stays.
const drawn = () => document.dispatchEvent(new Event("reading-drawn"));
watch("value", drawn);
drawn();
