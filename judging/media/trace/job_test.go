package trace_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/media/trace"
)

func job(out io.Writer, text string, size int64) *trace.Job {
	return trace.New(context.Background(), out, strings.NewReader(text), size)
}

func TestNothingOutsideTheFileIsRead(t *testing.T) {
	for _, c := range []struct {
		at, n int64
		ok    bool
	}{{0, 5, true}, {1, 4, true}, {5, 0, true}, {0, 6, false}, {1, 5, false}, {6, 0, false}, {-1, 2, false},
		{2, -1, false}, {1, 1<<63 - 1, false}} {
		var out bytes.Buffer
		j := job(&out, "abcdeREST", 5)
		err := j.CopyRange(c.at, c.n)
		b, readErr := j.BytesAt(c.at, int(c.n))
		if !c.ok {
			if !errors.Is(err, trace.ErrBroken) || !errors.Is(readErr, trace.ErrBroken) || out.Len() > 0 {
				t.Errorf("%+v: %v, %v, wrote %q", c, err, readErr, out.String())
			}
			continue
		}
		want := "abcde"[c.at : c.at+c.n]
		if err != nil || readErr != nil || out.String() != want || string(b) != want {
			t.Errorf("%+v: %q, %q, %v, %v", c, out.String(), b, err, readErr)
		}
	}
}

func TestAFileThatEndsEarlyIsBroken(t *testing.T) {
	j := job(io.Discard, "abc", 5)
	if err := j.CopyRange(0, 5); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("copied: %v", err)
	}
	if _, err := j.BytesAt(0, 5); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("read: %v", err)
	}
}

func TestACancelledCopyWritesNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out bytes.Buffer
	j := trace.New(ctx, &out, strings.NewReader("abc"), 3)
	if err := j.CopyRange(0, 3); !errors.Is(err, context.Canceled) || out.Len() > 0 {
		t.Errorf("%v, wrote %q", err, out.String())
	}
}

func TestAFileIsReadWholeUpToItsLimit(t *testing.T) {
	if b, err := job(io.Discard, "abc", 3).Whole(3); err != nil || string(b) != "abc" {
		t.Errorf("%q, %v", b, err)
	}
	var own *judging.Error
	if _, err := job(io.Discard, "abc", 3).Whole(2); !errors.As(err, &own) || own.Text != "scrub.too_big" {
		t.Errorf("%v", err)
	}
}

func TestTheResultListsEachTraceOnceInOrder(t *testing.T) {
	j := job(io.Discard, "", 0)
	j.Lost("b", "a", "b")
	j.Left["c"] = true
	r := j.Result()
	if !slices.Equal(r.Removed, []trace.Trace{"a", "b"}) || !slices.Equal(r.Left, []trace.Trace{"c"}) {
		t.Errorf("%+v", r)
	}
}

func TestErrorsOfACopyAreTheFilesTheDisksOrTheirOwn(t *testing.T) {
	disk := errors.New("disk")
	for _, c := range []struct {
		err  error
		code judging.Code
		text string
	}{
		{trace.ErrBroken, judging.Invalid, "scrub.broken"},
		{io.ErrUnexpectedEOF, judging.Invalid, "scrub.broken"},
		{io.EOF, judging.Invalid, "scrub.broken"},
		{disk, judging.Unavailable, "scrub.no_access"},
		{trace.TooBig(3 << 20), judging.Invalid, "scrub.too_big"},
	} {
		var own *judging.Error
		if err := trace.Failed(c.err); !errors.As(err, &own) || own.Code != c.code || own.Text != c.text {
			t.Errorf("%v became %v", c.err, err)
		}
	}
	if err := trace.Failed(context.Canceled); err != context.Canceled {
		t.Errorf("a cancelled copy failed with %v", err)
	}
	if err := trace.Failed(nil); err != nil {
		t.Errorf("nil became %v", err)
	}
}
