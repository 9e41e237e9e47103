package store

import (
	"strings"
)

// The keys of a table. Name holds only a-z 0-9 _, so the byte after it tells records from index entries, and no
// table's keys start with another's:
//
//	name 00 id                            a record
//	name 01 index 00 value 00 01 id       an index entry, empty; each 00 within value is written 00 FF
//
// The id comes last and raw, so that any bytes are an id and the order of keys is the order of ids. The escape
// keeps the order of values.
const (
	recordMark = "\x00"
	indexMark  = "\x01"
	nameEnd    = "\x00"
	valueEnd   = "\x00\x01"
	nulEscaped = "\x00\xff"
)

// entryPrefix is the start of all entries of value in the index with the given prefix (name 01 index 00).
func entryPrefix(index, value string) string {
	if strings.Contains(value, "\x00") {
		value = strings.ReplaceAll(value, "\x00", nulEscaped)
	}
	return index + value + valueEnd
}

// plainName reports whether s may name a table or an index.
func plainName(s string) bool {
	return s != "" && len(s) <= 64 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789_") == ""
}
