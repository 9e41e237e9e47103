package store_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"testing"

	"fayi/judging"
	"fayi/judging/store"
)

func TestTranslateTellsTheCauseByItsKind(t *testing.T) {
	own := judging.Fail(judging.Busy, "store.busy", nil)
	tests := []struct {
		give error
		want judging.Error
	}{
		{&fs.PathError{Op: "open", Err: fs.ErrNotExist}, judging.Error{Code: judging.NotFound, Text: "store.no_file"}},
		{&fs.PathError{
			Op:  "open",
			Err: fs.ErrPermission,
		}, judging.Error{
			Code: judging.Unavailable,
			Text: "store.no_permission",
		}},
		{errors.New("input/output error"), judging.Error{Code: judging.Unavailable, Text: "store.unavailable"}},
		{fmt.Errorf("within: %w", own), *own},
	}
	for _, full := range store.FullErrors {
		tests = append(tests, struct {
			give error
			want judging.Error
		}{&fs.PathError{Op: "write", Err: full}, judging.Error{Code: judging.Unavailable, Text: "store.disk_full"}})
	}
	for _, test := range tests {
		got := store.Translate("/somewhere/contest.db", test.give)
		if !errors.Is(got, &test.want) || !errors.Is(got, test.give) {
			t.Errorf("%v became %v", test.give, got)
		}
	}
	for _, err := range []error{nil, context.Canceled, context.DeadlineExceeded} {
		if got := store.Translate("x", err); got != err {
			t.Errorf("%v became %v", err, got)
		}
	}
}

// TestOnlyAContestOnAProtectedMediumIsToBeCopied tells what lies in a contest from what people save elsewhere.
func TestOnlyAContestOnAProtectedMediumIsToBeCopied(t *testing.T) {
	for path, want := range map[string]string{
		"/media/cd/甲.fayi/contest.db":       "store.read_only",
		"/media/cd/甲.fayi/backups/x.db":     "store.read_only",
		"/media/cd/旧/contest.db":            "store.read_only",
		"/media/stick/名单.xlsx":              "store.protected",
		"/media/stick/评审回执-王.fayireply":     "store.protected",
		"/media/stick/.评审包.fayipacket.part": "store.protected",
	} {
		got := store.Translate(path, &fs.PathError{Op: "open", Err: store.Protected})
		if !errors.Is(got, &judging.Error{Code: judging.Unavailable, Text: want}) {
			t.Errorf("%s: %v", path, got)
		}
	}
}
