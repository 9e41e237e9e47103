package page

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
)

// PlaceNumber shows a place; a work without one, place 0, gets a dash.
func PlaceNumber(place int) table.Cell {
	if place == 0 {
		return table.Cell{Text: "—", Tone: look.Quiet}
	}
	return table.Cell{Text: fmt.Sprint(place)}
}

// Capital begins a label as labels begin: the names of fields are written for the middle of a sentence.
func Capital(word string) string {
	if word == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(first)) + word[size:]
}

// Picked reports whether f lets through what has value under the choice called name.
func Picked(f kit.Filter, name, value string) bool {
	want := f.Pick(name)
	return want == "" || want == value
}
