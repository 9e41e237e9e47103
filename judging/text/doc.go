// Package text holds what the program knows of writing: the forms in which words are compared and kept, names that
// files may have, and the encodings in which Chinese texts come. It knows nothing of contests.
package text
