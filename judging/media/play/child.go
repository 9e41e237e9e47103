package play

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"

	"fayi/judging"
	"fayi/judging/media"
)

// Tools are the programs that play what package sound does not decode; "" for one that is not installed.
type Tools struct{ FFmpeg, FFprobe string }

// FindTools looks for the programs.
func FindTools() Tools {
	var t Tools
	t.FFmpeg, _ = exec.LookPath("ffmpeg")
	t.FFprobe, _ = exec.LookPath("ffprobe")
	return t
}

// input are the arguments that let ffmpeg open the film at an address of this computer, as what it is, and nothing
// else: it would take a text for a list of other files to open.
func input(address, format string) ([]string, error) {
	demuxer, ok := media.Demuxer(format)
	if !ok {
		return nil, judging.Fail(judging.Invalid, "media.bad_film", nil)
	}
	return []string{"-v", "error", "-protocol_whitelist", "http,tcp", "-f", demuxer, "-i", address}, nil
}

// child is a program that writes to us. It is reaped when its output ends or when it is stopped, whichever is first.
type child struct {
	cmd  *exec.Cmd
	out  io.ReadCloser
	once sync.Once
}

// launch starts a program whose output is read.
func launch(program string, args ...string) (*child, error) {
	if program == "" {
		return nil, judging.Fail(judging.Unavailable, "media.no_ffmpeg", nil)
	}
	c := &child{cmd: exec.Command(program, args...)}
	c.cmd.Env = direct(os.Environ())
	hideConsole(c.cmd)
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, judging.Fail(judging.Unavailable, "media.no_ffmpeg", nil).Because(errors.New("no pipe"))
	}
	c.out = out
	if err := c.cmd.Start(); err != nil {
		return nil, judging.Fail(judging.Unavailable, "media.no_ffmpeg", nil).Because(errors.New("did not start"))
	}
	return c, nil
}

// direct is an environment without the proxies of an office: what is played lies on this computer.
func direct(env []string) []string {
	return slices.DeleteFunc(slices.Clone(env), func(v string) bool {
		name, _, _ := strings.Cut(strings.ToLower(v), "=")
		return name == "http_proxy" || name == "all_proxy"
	})
}

// Read reads what the program writes.
func (c *child) Read(p []byte) (int, error) {
	n, err := c.out.Read(p)
	if err != nil {
		c.stop() // what has nothing more to say need not stay
	}
	return n, err
}

// stop ends the program and waits until it is gone.
func (c *child) stop() {
	c.once.Do(func() {
		_ = c.cmd.Process.Kill() // it may have ended by itself
		_ = c.cmd.Wait()         // it was ended
	})
}
