package worker_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/worker"
)

func TestMain(m *testing.M) {
	worker.Register("echo", func(_ context.Context, in *os.File, raw json.RawMessage, out io.Writer) (any, error) {
		var args map[string]string
		if err := json.Unmarshal(raw, &args); err != nil {
			return nil, err
		}
		n, err := io.Copy(out, in)
		return map[string]any{"said": args["say"], "bytes": n}, err
	})
	worker.Register("refuse", func(_ context.Context, _ *os.File, _ json.RawMessage, out io.Writer) (any, error) {
		_, _ = out.Write([]byte("half"))
		return nil, judging.Fail(judging.Invalid, "media.bad_picture", judging.Args{"N": 3})
	})
	worker.Register("spin", func(context.Context, *os.File, json.RawMessage, io.Writer) (any, error) {
		for n := uint(1); ; n++ {
			if n == 0 {
				return nil, nil
			}
		}
	})
	worker.Register("eat", func(_ context.Context, _ *os.File, raw json.RawMessage, _ io.Writer) (any, error) {
		var mb int
		if err := json.Unmarshal(raw, &mb); err != nil {
			return nil, err
		}
		var eaten [][]byte
		for range mb {
			eaten = append(eaten, bytes.Repeat([]byte{1}, 1<<20))
			time.Sleep(time.Millisecond)
		}
		return len(eaten), nil
	})
	worker.Register("gulp", func(_ context.Context, _ *os.File, raw json.RawMessage, _ io.Writer) (any, error) {
		var mb int
		if err := json.Unmarshal(raw, &mb); err != nil {
			return nil, err
		}
		b := make([]byte, mb<<20)
		for i := range b {
			b[i] = 1
		}
		return len(b), nil
	})
	worker.Register("panic", func(context.Context, *os.File, json.RawMessage, io.Writer) (any, error) {
		panic("a slip")
	})
	worker.Register("die", func(context.Context, *os.File, json.RawMessage, io.Writer) (any, error) {
		os.Exit(7)
		return nil, nil
	})
	worker.Main()
	os.Exit(m.Run())
}

func file(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAJobAnswers(t *testing.T) {
	long := strings.Repeat("法治", 300_000)
	var out bytes.Buffer
	var answer struct {
		Said  string
		Bytes int
	}
	err := worker.Do(t.Context(), "echo", file(t, long), map[string]string{"say": "甲"}, &out, &answer)
	if err != nil || out.String() != long || answer.Said != "甲" || answer.Bytes != len(long) {
		t.Errorf("%v, %d bytes, %+v", err, out.Len(), answer)
	}
}

func TestTheErrorOfAJobComesBack(t *testing.T) {
	var out bytes.Buffer
	err := worker.Do(t.Context(), "refuse", file(t, ""), nil, &out, nil)
	var own *judging.Error
	if !errors.As(err, &own) || own.Code != judging.Invalid || own.Text != "media.bad_picture" || out.Len() > 0 {
		t.Errorf("%v, wrote %q", err, &out)
	}
	full := errors.New("full")
	if err := worker.Do(t.Context(), "echo", file(t, "a"), nil, failing{full}, nil); !errors.Is(err, full) {
		t.Errorf("the output failed: %v", err)
	}
	if err := worker.Do(t.Context(), "echo", filepath.Join(t.TempDir(), "none"), nil, nil, nil); err == nil {
		t.Error("there is no file")
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func TestWhatCostsTooMuchIsEnded(t *testing.T) {
	tests := map[string]struct {
		job  string
		args any
		want string
	}{
		"alone it has room":  {"eat", 220, ""},
		"too much memory":    {"eat", 2000, "media.too_costly"},
		"in one gulp":        {"gulp", 2000, "media.too_costly"},
		"a panic":            {"panic", nil, "scrub.broken"},
		"it ended by itself": {"die", nil, "scrub.broken"},
		"no such job":        {"none", nil, "scrub.broken"},
		"too much time":      {"spin", nil, "media.too_costly"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := worker.Do(t.Context(), tt.job, file(t, ""), tt.args, nil, nil)
			var own *judging.Error
			errors.As(err, &own)
			if tt.want == "" && err != nil || tt.want != "" && (own == nil || own.Text != tt.want) {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestACancelledJobEndsAtOnce(t *testing.T) {
	for _, job := range []string{"spin", "eat"} {
		ctx, cancel := context.WithCancel(t.Context())
		var at time.Time
		time.AfterFunc(300*time.Millisecond, func() { at = time.Now(); cancel() })
		err := worker.Do(ctx, job, file(t, ""), 100_000_000, nil, nil)
		if took := time.Since(at); !errors.Is(err, context.Canceled) || took > time.Second {
			t.Errorf("%s: %v after %v", job, err, took)
		}
	}
}

// TestALargeFileMayTakeLonger: the time that a job has grows with its file.
func TestALargeFileMayTakeLonger(t *testing.T) {
	path := file(t, "")
	if err := os.Truncate(path, 200<<20); err != nil {
		t.Fatal(err)
	}
	if err := worker.Do(t.Context(), "eat", path, 40, nil, nil); err != nil {
		t.Error(err)
	}
}
