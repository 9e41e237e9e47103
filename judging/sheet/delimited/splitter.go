// Package delimited parts texts into records of values: comma-separated and the like, as people and programs make them.
//
// It promises bounded cost and that no line is lost: a quotation mark without a partner is part of the text. It will
// not decode bytes or say what a value means: package read does the first, package table the second.
package delimited

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// A quoted value may run over this many lines or bytes. A quotation mark that has no partner within them is part of
// the text: otherwise one stray mark would swallow the rest of the table.
const (
	quotedLines = 200
	quotedBytes = 64 << 10
	mostValues  = 1 << 14 // values of a record that may be quoted
)

// ErrTooLong says that a line is longer than is kept.
var ErrTooLong = errors.New("a line is too long")

// Splitter parts a text into records of values. encoding/csv is stricter than the tables that people make: it joins
// all that follows a stray quotation mark.
type Splitter struct {
	in      *bufio.Reader
	comma   rune
	longest int      // bytes of a line that are kept; a longer one fails
	held    []string // lines that were read ahead, with their ends
	done    bool     // nothing more to read
	fields  []string
}

// New makes a splitter of a text at a delimiter; lines of more than longest bytes fail.
func New(in io.Reader, comma rune, longest int) *Splitter {
	return &Splitter{in: bufio.NewReaderSize(in, 64<<10), comma: comma, longest: longest}
}

// line returns line i of those ahead, reading it if need be; ok is false behind the end.
func (s *Splitter) line(i int) (text string, ok bool, err error) {
	for len(s.held) <= i {
		if s.done {
			return "", false, nil
		}
		var b strings.Builder
		for {
			piece, err := s.in.ReadSlice('\n')
			b.Write(piece)
			if b.Len() > s.longest {
				return "", false, ErrTooLong
			}
			if err == bufio.ErrBufferFull {
				continue
			}
			if err != nil && err != io.EOF {
				return "", false, err
			}
			s.done = err == io.EOF
			break
		}
		if b.Len() == 0 {
			return "", false, nil
		}
		s.held = append(s.held, b.String())
	}
	return s.held[i], true, nil
}

// Next returns the values of the next record, which hold until the call after; io.EOF behind the last.
func (s *Splitter) Next() (fields []string, err error) {
	first, ok, err := s.line(0)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, io.EOF
	}
	s.fields = s.fields[:0]
	rest, at := strings.TrimRight(first, "\r\n"), 0
	for {
		if trimmed := strings.TrimLeft(rest, " "); strings.HasPrefix(trimmed, `"`) && len(s.fields) < mostValues {
			value, after, upTo, closed, err := s.quoted(trimmed[1:], at)
			if err != nil {
				return nil, err
			}
			if closed {
				s.fields, at = append(s.fields, value), upTo
				if after == "" {
					break
				}
				rest = after[utf8.RuneLen(s.comma):]
				continue
			}
		}
		value, after, more := strings.Cut(rest, string(s.comma))
		s.fields = append(s.fields, value)
		if !more {
			break
		}
		rest = after
	}
	s.held = append(s.held[:0], s.held[at+1:]...)
	return s.fields, nil
}

// quoted reads a value behind its opening mark, from line at on. closed is false where no mark ends it that a comma or
// the end of a line follows; after is the rest of its last line, which begins with the comma.
func (s *Splitter) quoted(rest string, at int) (value, after string, upTo int, closed bool, err error) {
	var b strings.Builder
	for {
		i := strings.IndexByte(rest, '"')
		if i >= 0 {
			b.WriteString(rest[:i])
			rest = rest[i+1:]
			switch tail := strings.TrimLeft(rest, " "); {
			case strings.HasPrefix(rest, `"`):
				b.WriteByte('"')
				rest = rest[1:]
			case tail == "", strings.HasPrefix(tail, string(s.comma)):
				return b.String(), tail, at, true, nil
			default:
				return "", "", 0, false, nil
			}
			continue
		}
		b.WriteString(rest)
		if at++; at > quotedLines || b.Len() > quotedBytes {
			return "", "", 0, false, nil
		}
		line, ok, err := s.line(at)
		if err != nil || !ok {
			return "", "", 0, false, err
		}
		b.WriteByte('\n')
		rest = strings.TrimRight(line, "\r\n")
	}
}
