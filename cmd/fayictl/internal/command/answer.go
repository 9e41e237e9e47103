package command

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strings"
	"unicode/utf8"

	"fayi/judging"
	"fayi/judging/text"
)

// Result is what a command returns: one document and the way to write it for people.
type Result struct {
	doc  any // printed as JSON; nil: there is no result
	show func(*Printer)
}

// NewResult makes a result: doc is printed as JSON, text writes it for people; either may be nil.
func NewResult(doc any, text func(*Printer)) Result { return Result{doc, text} }

// Answer returns a result and no error, as a handler ends that has nothing else to say.
func Answer(doc any, text func(*Printer)) (Result, error) { return NewResult(doc, text), nil }

// Text writes the result for people.
func (r Result) Text(pr *Printer) {
	if r.show != nil {
		r.show(pr)
	}
}

// Unless returns the result, or only err if there is one.
func (r Result) Unless(err error) (Result, error) {
	if err != nil {
		return Result{}, err
	}
	return r, nil
}

// output prints what a command returned.
type output struct {
	Printer
	json bool
}

// Shown marks an error whose text, with the file that it is about, was printed already.
func Shown(err error) error { return toldError{err} }

// toldError is an error whose text was printed already, with the file that it is about.
type toldError struct{ error }

// Unwrap implements errors.Unwrap.
func (t toldError) Unwrap() error { return t.error }

// print writes a result or an error, or both where a command says what it found and fails, and returns the exit code.
func (o *output) print(res Result, err error) int {
	code, fault := o.fault(err)
	if err != nil {
		if !errors.As(err, new(toldError)) {
			fmt.Fprintln(o.err, fault.Text)
		}
		if fault.Code == judging.Internal && os.Getenv(DetailsVariable) != "" {
			fmt.Fprintln(o.err, text.Harmless(err.Error()))
		}
		if hint := o.hint(err); hint != "" {
			fmt.Fprintln(o.err, hint)
		}
	}
	if !o.json {
		res.Text(&o.Printer)
		return code
	}
	doc, failed := document(res.doc, err, fault)
	if failed == nil {
		_, failed = o.out.Write(doc)
	}
	if failed != nil {
		fmt.Fprintln(o.err, o.Text.Err(failed))
		return exitCodes[judging.Internal]
	}
	return code
}

// faultJSON is the stable form of an error.
type faultJSON struct {
	Code judging.Code   `json:"code"`
	Key  string         `json:"key"`
	Text string         `json:"text"`
	Args map[string]any `json:"args"` // never personal data: see publicArgs
}

// fault returns the exit code of err and its stable form.
func (o *output) fault(err error) (int, faultJSON) {
	if err == nil {
		return 0, faultJSON{}
	}
	if errors.Is(err, context.Canceled) {
		key := "error.cancelled"
		return 1, faultJSON{judging.Unavailable, key, o.Text.T(key, nil), map[string]any{}}
	}
	out := faultJSON{Code: judging.CodeOf(err), Key: "error.internal", Text: o.Text.Err(err), Args: map[string]any{}}
	var known *judging.Error
	if errors.As(err, &known) {
		out.Key, out.Args = known.Text, publicArgs(known.Args)
	}
	return exitCodes[out.Code], out
}

// document makes the one JSON document of a run. An error stands in it as "error": within the result's own object, or
// with a result that is no object next to it as "result".
func document(doc any, err error, fault faultJSON) ([]byte, error) {
	if err == nil {
		return marshal(doc)
	}
	failed, problem := json.Marshal(fault)
	if problem != nil {
		return nil, problem
	}
	head := []byte("{")
	if doc != nil {
		found, problem := marshal(doc)
		if problem != nil {
			return nil, problem
		}
		found = bytes.TrimSpace(found)
		switch {
		case found[0] != '{':
			head = append(append([]byte(`{"result":`), found...), ',')
		case len(found) > 2:
			head = append(found[:len(found)-1], ',')
		}
	}
	return marshal(json.RawMessage(append(append(append(head, `"error":`...), failed...), '}')))
}

// marshal writes v as all documents are written: indented by one blank, signs of HTML as they are, a list without
// entries as [].
func marshal(v any) ([]byte, error) {
	if list := reflect.ValueOf(v); list.Kind() == reflect.Slice && list.IsNil() {
		v = []any{}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	err := enc.Encode(v)
	return escaped(b.Bytes()), err
}

// escaped writes the signs that JSON takes as they are, though a terminal does not, as escapes.
func escaped(doc []byte) []byte {
	if bytes.IndexFunc(doc, text.Steers) < 0 {
		return doc
	}
	out := make([]byte, 0, len(doc)+64)
	for _, r := range string(doc) {
		if r != '\n' && text.Steers(r) { // line ends stand between the document's values alone
			out = fmt.Appendf(out, `\u%04x`, r)
			continue
		}
		out = utf8.AppendRune(out, r)
	}
	return out
}

// publicWords are the arguments of errors whose words name terms of the program or the rules, never a person.
var publicWords = map[string]bool{
	"Award": true, "Category": true, "Choices": true, "Column": true, "Columns": true, "Command": true, "Ext": true,
	"Field": true,
	"Flag":  true, "Flags": true, "Form": true, "Format": true, "Formats": true, "Kind": true, "Level": true,
	"Limit":  true,
	"Method": true, "Near": true, "Noun": true, "Rounding": true, "Rubric": true, "State": true, "Status": true,
	"Step":  true,
	"Table": true, "Variable": true,
}

// plain matches what can be no name and no phone number: the IDs of works and judges, works' codes, days, numbers of
// few digits.
var plain = regexp.MustCompile(`^([a-z][0-9]{1,9}|[A-Z]{1,6}-[0-9]{1,9}(-[A-Z])?|` +
	`[0-9]{4}-[0-9]{2}-[0-9]{2}|-?[0-9]{1,6}(\.[0-9]{1,6})?)$`)

// publicArgs returns the arguments of an error that may go into a log: numbers, yes and no, what is plain, and
// words of publicWords. The text of the error, which speaks to the person at the keyboard, holds all of them.
func publicArgs(args judging.Args) map[string]any {
	out := map[string]any{}
	for key, v := range args {
		switch v.(type) {
		case bool, int, int8, int16, int32, int64, uint, uint8, uint16, uint32, uint64, float32, float64:
			out[key] = v
			continue
		}
		if words := fmt.Sprint(v); publicWords[key] || plain.MatchString(words) {
			out[key] = words
		}
	}
	return out
}

// hint says where to read more about a command that was misused.
func (o *output) hint(err error) string {
	if ticks := tickHint(o, err); ticks != "" {
		return ticks
	}
	if errors.Is(err, filesThere) {
		return o.Text.T("cli.overwrite_hint", nil)
	}
	var known *judging.Error
	if !errors.As(err, &known) || known.Code != Misuse {
		return ""
	}
	usage, _ := known.Args["Usage"].(string)
	command, _ := known.Args["Command"].(string)
	if usage == "" {
		return o.Text.T("cli.more_help", judging.Args{"Command": strings.TrimSpace("fayictl " + command)})
	}
	return o.Text.T("cli.usage_line", judging.Args{"Usage": usage, "Command": strings.TrimSpace("fayictl " + command)})
}

// Answered returns {"ok": true} for an act without a result, or err.
func (c *Call) Answered(err error, key string, args judging.Args) (Result, error) {
	if err != nil {
		return Result{}, err
	}
	return Answer(map[string]any{"ok": true}, func(pr *Printer) { pr.Say(key, args) })
}

// OrEmpty returns s, or an empty list for nil, which JSON writes as [] and not as null.
func OrEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
