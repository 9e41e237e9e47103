package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strings"

	"fayi/judging"
)

// misuse is the code of a mistake in the command line itself, known to this door only.
const misuse judging.Code = "usage"

var exitCodes = map[judging.Code]int{
	"": 0, judging.Internal: 1, misuse: 2, judging.Invalid: 3, judging.NotFound: 4, judging.Clash: 5, judging.Closed: 5,
	judging.Forbidden: 6, judging.Busy: 7, judging.Corrupt: 8, judging.Unavailable: 1,
}

// exitCode returns the exit code of the program for an error of a code; 0 for "".
func exitCode(code judging.Code) int { return exitCodes[code] }

// result is what a command returns: one document and the way to write it for people.
type result struct {
	doc  any // printed as JSON; nil: there is no result
	show func(*printer)
}

// newResult makes a result: doc is printed as JSON, text writes it for people; either may be nil.
func newResult(doc any, text func(*printer)) result { return result{doc, text} }

// answer returns a result and no error, as a handler ends that has nothing else to say.
func answer(doc any, text func(*printer)) (result, error) { return newResult(doc, text), nil }

// Text writes the result for people.
func (r result) Text(pr *printer) {
	if r.show != nil {
		r.show(pr)
	}
}

// unless returns the result, or only err if there is one.
func (r result) unless(err error) (result, error) {
	if err != nil {
		return result{}, err
	}
	return r, nil
}

// output prints what a command returned.
type output struct {
	printer
	json bool
}

// shown marks an error whose text, with the file that it is about, was printed already.
func shown(err error) error { return toldError{err} }

// toldError is an error whose text was printed already, with the file that it is about.
type toldError struct{ error }

// Unwrap implements errors.Unwrap.
func (t toldError) Unwrap() error { return t.error }

// print writes a result or an error, or both where a command says what it found and fails, and returns the exit code.
func (o *output) print(res result, err error) int {
	code, fault := o.fault(err)
	if err != nil {
		if !errors.As(err, new(toldError)) {
			fmt.Fprintln(o.err, fault.Text)
		}
		if hint := o.hint(err); hint != "" {
			fmt.Fprintln(o.err, hint)
		}
	}
	if !o.json {
		res.Text(&o.printer)
		return code
	}
	doc, failed := document(res.doc, err, fault)
	if failed == nil {
		_, failed = o.out.Write(doc)
	}
	if failed != nil {
		fmt.Fprintln(o.err, o.text.Err(failed))
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
		return 1, faultJSON{judging.Unavailable, key, o.text.T(key, nil), map[string]any{}}
	}
	out := faultJSON{Code: judging.CodeOf(err), Key: "error.internal", Text: o.text.Err(err), Args: map[string]any{}}
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
	return b.Bytes(), err
}

// publicWords are the arguments of errors whose words name terms of the program or the rules, never a person.
var publicWords = map[string]bool{
	"Award": true, "Category": true, "Choices": true, "Column": true, "Columns": true, "Command": true, "Ext": true,
	"Field": true,
	"Flag":  true, "Flags": true, "Form": true, "Format": true, "Formats": true, "Kind": true, "Level": true,
	"Limit":  true,
	"Method": true, "Near": true, "Noun": true, "Rounding": true, "Rubric": true, "State": true, "Status": true,
	"Step":  true,
	"Table": true,
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
	var known *judging.Error
	if !errors.As(err, &known) || known.Code != misuse {
		return ""
	}
	usage, _ := known.Args["Usage"].(string)
	command, _ := known.Args["Command"].(string)
	if usage == "" {
		return o.text.T("cli.more_help", judging.Args{"Command": strings.TrimSpace("fayictl " + command)})
	}
	return o.text.T("cli.usage_line", judging.Args{"Usage": usage, "Command": strings.TrimSpace("fayictl " + command)})
}

// answered returns {"ok": true} for an act without a result, or err.
func (c *call) answered(err error, key string, args judging.Args) (result, error) {
	if err != nil {
		return result{}, err
	}
	return answer(map[string]any{"ok": true}, func(pr *printer) { pr.say(key, args) })
}
