package judging_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"fayi/judging"
)

func TestAnErrorMatchesByWhatTheTargetSets(t *testing.T) {
	err := judging.Fail(judging.NotFound, "work.unknown", judging.Args{"Work": "w000001"})
	tests := []struct {
		name   string
		target error
		want   bool
	}{
		{"its code", judging.ErrNotFound, true},
		{"its text", &judging.Error{Text: "work.unknown"}, true},
		{"code and text", &judging.Error{Code: judging.NotFound, Text: "work.unknown"}, true},
		{"another code", &judging.Error{Code: judging.Clash}, false},
		{"another text", &judging.Error{Code: judging.NotFound, Text: "judge.unknown"}, false},
		{"another type", io.EOF, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for how, e := range map[string]error{
				"bare":    err,
				"wrapped": fmt.Errorf("open: %w", err),
				"joined":  errors.Join(io.EOF, err),
			} {
				if got := errors.Is(e, tt.target); got != tt.want && tt.target != io.EOF {
					t.Errorf("%s: errors.Is = %v, want %v", how, got, tt.want)
				}
			}
			if got := errors.Is(err, tt.target); got != tt.want {
				t.Errorf("errors.Is = %v, want %v", got, tt.want)
			}
		})
	}
}

func TestAnErrorKeepsItsCause(t *testing.T) {
	err := error(judging.Fail(judging.Unavailable, "store.full", nil).Because(io.ErrShortWrite))
	if !errors.Is(err, io.ErrShortWrite) || errors.Unwrap(err) != io.ErrShortWrite {
		t.Errorf("%v does not lead to its cause", err)
	}
	var e *judging.Error
	if !errors.As(fmt.Errorf("save: %w", err), &e) || e.Text != "store.full" {
		t.Errorf("errors.As found %v", e)
	}
}

func TestCodeOfFindsTheFirstCode(t *testing.T) {
	closed := judging.Fail(judging.Closed, "score.submitted", nil)
	tests := []struct {
		name string
		err  error
		want judging.Code
	}{
		{"no error", nil, ""},
		{"its own", closed, judging.Closed},
		{"wrapped", fmt.Errorf("a: %w", fmt.Errorf("b: %w", closed)), judging.Closed},
		{"joined", errors.Join(io.EOF, closed, judging.Fail(judging.Busy, "store.busy", nil)), judging.Closed},
		{"the outer of two", judging.Fail(judging.Corrupt, "store.corrupt", nil).Because(closed), judging.Corrupt},
		{"a stranger", io.EOF, judging.Internal},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := judging.CodeOf(tt.err); got != tt.want {
				t.Errorf("CodeOf = %q, want %q", got, tt.want)
			}
		})
	}
}

func TestTheLogLineIsTheSameEveryTime(t *testing.T) {
	e := judging.Fail(judging.Invalid, "import.bad_row", judging.Args{
		"Row":    3,
		"File":   "a.xlsx",
		"Column": "C",
	}).Because(io.EOF)
	e.Op = "works.import"
	const want = "works.import: import.bad_row Column=C File=a.xlsx Row=3: EOF"
	for range 20 {
		if got := e.Error(); got != want {
			t.Fatalf("Error() = %q, want %q", got, want)
		}
	}
	if got := judging.Fail(judging.Busy, "store.busy", nil).Error(); got != "store.busy" {
		t.Errorf("Error() = %q", got)
	}
	key, args := e.Message()
	if key != "import.bad_row" || args["Row"] != 3 {
		t.Errorf("Message() = %q, %v", key, args)
	}
}
