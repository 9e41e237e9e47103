// Package diploma draws the papers of a contest as PDF: sign-off sheets, slips, the rule sheet and certificates.
//
// It promises: equal input gives equal bytes (dates and numbers come from the caller); text is set by own rules,
// with no comma at the start of a line, no word of letters or digits cut, and long titles set smaller until they
// fit; the type is embedded, only the characters used; text can be searched and copied, characters beyond the basic
// plane too; a character that the type lacks is drawn as □; Unprintable reports it before anything is printed.
//
// It will not read a store, choose winners or print: the caller does.
package diploma

// Words gives the text of a catalogue key in the language of the paper; assets.Text.T is one.
type Words func(key string, args map[string]any) string
