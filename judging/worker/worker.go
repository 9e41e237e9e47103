// Package worker does what may cost much on the file of a stranger in a process of its own.
//
// A program that calls Main first starts itself again for each job, with bounds: processor time and memory beyond them
// end the job, not the program, and one that is cancelled is ended at once, wherever it is. A crash is an error of the
// file. A program that never calls Main, as most tests, does the same jobs within itself, without these bounds.
//
// It will not say what a job means: the packages that have one register it. Errors of jobs pass through; beyond the
// bounds it is Invalid "media.too_costly", after a crash Invalid "scrub.broken".
package worker

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"time"

	"golang.org/x/sync/semaphore"

	"fayi/judging"
)

// What a job without a file of a stranger may cost: it is this program's own.
const (
	ownTime = time.Minute // of processors
	ownMB   = 1500
)

// What one job may cost. A large file may take longer: leastTime, and perMiB for each MiB that it has.
const (
	leastTime = 12 * time.Second // of processors
	perMiB    = time.Second / 8
	patience  = 4 // times as long by the clock: the computer may do other things, too

	halfMB = 150 // while another job may run
	mostMB = 300 // alone
)

// Job works on a file: in is open at its beginning, args is what Do was given, as JSON. What it writes to out counts
// only if it returns no error. Its answer must be JSON.
type Job func(ctx context.Context, in *os.File, args json.RawMessage, out io.Writer) (any, error)

var jobs = map[string]Job{}

// Register names a job, when its package is loaded.
func Register(name string, job Job) { jobs[name] = job }

var starvation []func() bool

// Bounded names, when a package is loaded, how it says that the system refused it memory. Not all code ends where it
// gets none; a job that was refused any counts as one that needs more than it may have.
func Bounded(starved func() bool) { starvation = append(starvation, starved) }

// slots are two jobs at once that take half of the memory each.
var slots = semaphore.NewWeighted(2)

// errMemory says that a job needs more memory than it may have.
var errMemory = errors.New("too much memory")

// Do does a job on the file at path. What it writes arrives at out when it is done; out may be nil. answer is filled
// with what the job answers; nil for none. Errors: those of the job, of out and of ctx; see the package.
func Do(ctx context.Context, name, path string, args any, out io.Writer, answer any) error {
	raw, err := json.Marshal(args)
	if err != nil {
		return judging.Fail(judging.Internal, "scrub.broken", nil).Because(err)
	}
	if out == nil {
		out = io.Discard
	}
	r := request{Job: name, Path: path, Args: raw}
	if !apart {
		return within(ctx, r, out, answer)
	}
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	r.Time = leastTime + perMiB*time.Duration(info.Size()>>20)
	spool, err := os.CreateTemp("", "fayi-worker-*")
	if err != nil {
		return err
	}
	defer os.Remove(spool.Name())
	defer spool.Close()
	if err = r.tried(ctx, 1, halfMB, spool, answer); errors.Is(err, errMemory) {
		if err = errors.Join(spool.Truncate(0), rewound(spool)); err == nil {
			err = r.tried(ctx, 2, mostMB, spool, answer)
		}
	}
	if errors.Is(err, errMemory) {
		return tooCostly(err)
	}
	if err != nil {
		return err
	}
	if err := rewound(spool); err != nil {
		return err
	}
	_, err = io.Copy(out, spool)
	return err
}

// Prepare does a job on no file, which gets nil for it: what this program needs before it looks at files of strangers.
// It does nothing where jobs are done within the program. Errors: those of the job and of ctx; see the package.
func Prepare(ctx context.Context, name string, args any) error {
	if !apart {
		return nil
	}
	raw, err := json.Marshal(args)
	if err != nil {
		return judging.Fail(judging.Internal, "scrub.broken", nil).Because(err)
	}
	r := request{Job: name, Args: raw, Time: ownTime}
	return r.tried(ctx, 2, ownMB, io.Discard, nil)
}

func rewound(f *os.File) error {
	_, err := f.Seek(0, io.SeekStart)
	return err
}

func tooCostly(err error) error {
	return judging.Fail(judging.Invalid, "media.too_costly", nil).Because(err)
}

// tried does the job in a process of its own that takes some of the slots.
func (r request) tried(ctx context.Context, take int64, mb int, out io.Writer, answer any) error {
	if err := slots.Acquire(ctx, take); err != nil {
		return err
	}
	defer slots.Release(take)
	r.MB = mb
	return r.started(ctx, out, answer)
}

// within does the job in this process.
func within(ctx context.Context, r request, out io.Writer, answer any) error {
	got, err := r.do(ctx, out)
	if err != nil || answer == nil {
		return err
	}
	raw, err := json.Marshal(got)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, answer)
}
