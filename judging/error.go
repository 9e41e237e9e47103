package judging

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Code is the kind of a failure. Each door (command line, window, web) maps it once: to an exit code, a dialog, a
// status.
type Code string

// The codes, and what a caller can do about each.
const (
	Invalid     Code = "invalid"     // the input is wrong; nothing was written
	Clash       Code = "conflict"    // the input is right but contradicts what is stored
	NotFound    Code = "not_found"   // what was named does not exist
	Forbidden   Code = "forbidden"   // the actor may not do this
	Closed      Code = "closed"      // the thing is locked, published or finished
	Busy        Code = "busy"        // another program holds the contest; try again later
	Corrupt     Code = "corrupt"     // stored data fails its own check
	Unavailable Code = "unavailable" // disk full, file unreadable, medium gone; try again after repair
	Internal    Code = "internal"    // a fault of the program
)

// Args fills the placeholders of a catalogue text. Values are shown as they are and must hold no personal data.
type Args map[string]any

// Error is the one error of the product. Text is a key of the text catalogue, so that every door tells it in its
// own language.
type Error struct {
	Op   string // the operation, as "works.import"; for the log, never shown to users
	Code Code
	Text string // catalogue key, as "import.no_header"
	Args Args
	Err  error // the cause, or nil
}

// Fail makes an Error of code with the catalogue key text and its args.
func Fail(code Code, text string, args Args) *Error {
	return &Error{Code: code, Text: text, Args: args}
}

// Because returns e with its cause.
func (e *Error) Because(err error) *Error {
	e.Err = err
	return e
}

// Error returns the key, its arguments in a fixed order and the cause: a line for a log, not for a user.
func (e *Error) Error() string {
	var b strings.Builder
	if e.Op != "" {
		b.WriteString(e.Op + ": ")
	}
	b.WriteString(e.Text)
	for _, k := range slices.Sorted(maps.Keys(e.Args)) {
		fmt.Fprintf(&b, " %s=%v", k, e.Args[k])
	}
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Is reports whether target is an *Error whose set fields (Code, Text) equal e's, so that errors.Is works with
// ErrNotFound and its like.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && (t.Code == "" || t.Code == e.Code) && (t.Text == "" || t.Text == e.Text)
}

// ErrNotFound matches, by errors.Is, every error that says something does not exist.
var ErrNotFound = &Error{Code: NotFound}

// CodeOf returns the code of the first Error in err's chain; Internal for any other error, "" for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Internal
}

// Message returns the catalogue key and its arguments, for whoever tells the error to a user.
func (e *Error) Message() (string, map[string]any) { return e.Text, e.Args }
