package worker

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"runtime/debug"
	"time"

	"fayi/internal/regular"
	"fayi/judging"
)

// request is what a process is started for. It travels through its standard input, which stays open as long as the
// program that wants it is there.
type request struct {
	Job  string          `json:"job"`
	Path string          `json:"path"`
	Args json.RawMessage `json:"args"`
	Time time.Duration   `json:"time"` // of processors
	MB   int             `json:"mb"`
}

// reply ends what a process writes.
type reply struct {
	Answer json.RawMessage `json:"answer,omitempty"`
	Failed *failure        `json:"failed,omitempty"`
}

// failure is an error on its way between processes.
type failure struct {
	Code judging.Code `json:"code"`
	Text string       `json:"text"`
	Args judging.Args `json:"args,omitempty"`
	Why  string       `json:"why,omitempty"`
}

// variable makes a program do one job and end.
const variable = "FAYI_WORKER"

// exits of a process that did not answer.
const (
	exitMemory = 90
	exitTime   = 91
)

// apart says that this program starts itself again for jobs.
var apart bool

// Main must come first in a program. In a process that was started for a job it does that and never returns.
func Main() {
	if os.Getenv(variable) == "" {
		apart = true
		return
	}
	signal.Ignore(os.Interrupt) // Ctrl-C is for the program that started this one
	os.Exit(serve(os.Stdin, os.Stdout))
}

// serve does the job that stands at the beginning of in.
func serve(in io.Reader, out io.Writer) int {
	dec := json.NewDecoder(in)
	var r request
	if err := dec.Decode(&r); err != nil {
		return 1
	}
	go func() { // the end of the input is the end of the program that wanted this
		_, _ = io.Copy(io.Discard, io.MultiReader(dec.Buffered(), in))
		os.Exit(1)
	}()
	runtime.GOMAXPROCS(max(runtime.GOMAXPROCS(0), 2)) // one of them for the watch
	debug.SetMemoryLimit(int64(r.MB) << 19)
	bound(r.Time, r.MB)
	go watch(r)
	frames := framed{out}
	got, err := r.do(context.Background(), frames)
	for _, starved := range starvation {
		if starved() { // what was said of the file is about the bound
			return exitMemory
		}
	}
	answer := reply{}
	if err == nil {
		answer.Answer, err = json.Marshal(got)
	}
	if err != nil {
		answer.Failed = told(err)
	}
	raw, err := json.Marshal(answer)
	if err != nil {
		return 1
	}
	if _, err := out.Write(append(make([]byte, 4), raw...)); err != nil {
		return 1
	}
	return 0
}

// watch ends this process when it takes too much.
func watch(r request) {
	began := time.Now()
	for range time.Tick(5 * time.Millisecond) {
		if held() > uint64(r.MB)<<20 {
			os.Exit(exitMemory)
		}
		if time.Since(began) > r.Time*patience {
			os.Exit(exitTime)
		}
	}
}

func told(err error) *failure {
	var own *judging.Error
	if errors.As(err, &own) {
		return &failure{Code: own.Code, Text: own.Text, Args: own.Args, Why: fmt.Sprint(own.Err)}
	}
	return &failure{Code: judging.Unavailable, Text: "media.unreadable", Why: err.Error()}
}

// do does the job in this process.
func (r request) do(ctx context.Context, out io.Writer) (got any, err error) {
	job := jobs[r.Job]
	if job == nil {
		return nil, judging.Fail(judging.Internal, "scrub.broken", nil).Because(errors.New("no such job"))
	}
	var in *os.File
	if r.Path != "" {
		if in, err = regular.Open(r.Path); err != nil {
			return nil, err
		}
		defer in.Close()
	}
	defer func() {
		if p := recover(); p != nil {
			err = judging.Fail(judging.Invalid, "scrub.broken", nil).Because(fmt.Errorf("panic: %v", p))
		}
	}()
	return job(ctx, in, r.Args, out)
}

// framed writes each piece with its length before it; an empty one would be the end.
type framed struct{ w io.Writer }

func (f framed) Write(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if _, err := f.w.Write(binary.BigEndian.AppendUint32(nil, uint32(len(p)))); err != nil {
		return 0, err
	}
	return f.w.Write(p)
}

// started does the job in a process of its own. out gets what the job writes while it runs.
func (r request) started(ctx context.Context, out io.Writer, answer any) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	ask, err := json.Marshal(r)
	if err != nil {
		return err
	}
	// the process watches itself; this is for one that can't any more
	limited, cancel := context.WithTimeout(ctx, r.Time*patience+5*time.Second)
	defer cancel()
	cmd := exec.CommandContext(limited, self)
	cmd.Args[0] = os.Args[0]
	cmd.Env = append(os.Environ(), variable+"=1")
	cmd.WaitDelay = time.Second
	hideConsole(cmd)
	said := &beginning{}
	cmd.Stderr = said
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	from, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return judging.Fail(judging.Unavailable, "media.unreadable", nil).Because(err)
	}
	_, err = in.Write(ask)
	got, read := unframed(from, out)
	if err == nil {
		err = read
	}
	_ = in.Close()
	ended := cmd.Wait()
	switch code := cmd.ProcessState.ExitCode(); {
	case ctx.Err() != nil:
		return ctx.Err()
	case err == nil && ended == nil:
		return got.into(answer)
	case errors.Is(read, errOut):
		return read
	case code == exitMemory, outOfMemory(said.b):
		return errMemory
	case code == exitTime, limited.Err() != nil, outOfTime(cmd.ProcessState):
		return tooCostly(ended)
	}
	return judging.Fail(judging.Invalid, "scrub.broken", nil).Because(errors.Join(err, ended))
}

func (a reply) into(answer any) error {
	if f := a.Failed; f != nil {
		return judging.Fail(f.Code, f.Text, f.Args).Because(errors.New(f.Why))
	}
	if answer == nil {
		return nil
	}
	return json.Unmarshal(a.Answer, answer)
}

// errOut marks failures of where the output goes.
var errOut = errors.New("output")

// mostAnswer bounds an answer, in bytes.
const mostAnswer = 64 << 20

// unframed copies pieces to out until the reply, and returns that.
func unframed(from io.Reader, out io.Writer) (got reply, err error) {
	for {
		var size [4]byte
		if _, err := io.ReadFull(from, size[:]); err != nil {
			return got, err
		}
		n := int64(binary.BigEndian.Uint32(size[:]))
		if n == 0 {
			break
		}
		w := &sticky{w: out}
		if m, err := io.CopyN(w, from, n); err != nil || m < n {
			if w.err != nil {
				return got, errors.Join(errOut, w.err)
			}
			return got, errors.Join(err, io.ErrUnexpectedEOF)
		}
	}
	raw, err := io.ReadAll(io.LimitReader(from, mostAnswer))
	if err != nil {
		return got, err
	}
	err = json.NewDecoder(bytes.NewReader(raw)).Decode(&got)
	return got, err
}

// beginning keeps the first words of what a process says when it dies.
type beginning struct{ b []byte }

func (w *beginning) Write(p []byte) (int, error) {
	w.b = append(w.b, p[:min(len(p), 1024-len(w.b))]...)
	return len(p), nil
}

// outOfMemory reports whether the runtime died since the system gave it no more memory, by its last words.
func outOfMemory(said []byte) bool {
	return bytes.Contains(said, []byte("out of memory")) || bytes.Contains(said, []byte("cannot allocate memory"))
}

// sticky remembers its error.
type sticky struct {
	w   io.Writer
	err error
}

func (s *sticky) Write(p []byte) (n int, err error) {
	n, err = s.w.Write(p)
	s.err = err
	return n, err
}
