package main

import (
	"bytes"
	"fmt"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"syscall"
	"time"

	"fayi/app/kit/sight"
	"fayi/cmd/fayi/probe"
)

// program is the running desktop. Its words are pressed with the real pointer, at the place where the program says
// that they stand.
type program struct {
	s      *screen
	cmd    *exec.Cmd
	stderr *bytes.Buffer
	ask    *probe.Client
	view   probe.View      // as last looked at
	shown  map[string]bool // faults that were reported
	own    ownWords
}

// titleBar is what the window manager takes of the screen above a window, in pixels, and a little more.
const titleBar = 24

// start runs the program with those arguments and waits until its window is as large as the screen and stands still.
func (s *screen) start(args ...string) *program {
	s.t.Helper()
	return s.run(must[string](s.t)(probed()), args...)
}

// run is start of a program that was built otherwise.
func (s *screen) run(exe string, args ...string) *program {
	s.t.Helper()
	socket := filepath.Join(s.t.TempDir(), "probe")
	p := &program{
		s:      s,
		cmd:    s.command(exe, args...),
		stderr: new(bytes.Buffer),
		shown:  map[string]bool{},
		own:    must[ownWords](s.t)(loadOwnWords()),
	}
	p.cmd.Env = append(p.cmd.Env, probe.Env+"="+socket)
	p.cmd.Stderr = p.stderr
	if err := p.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { p.cmd.Process.Kill() })
	var err error
	if p.ask, err = probe.Dial(socket, patience); err != nil {
		p.cmd.Process.Signal(syscall.SIGQUIT) // it says where it stands
		p.cmd.Wait()
		s.t.Fatalf("%v\n%s", err, p.stderr)
	}
	s.wait("the window", func() bool { return s.xdotool("getactivewindow", "getwindowname") == p.look().Title })
	if !p.fills() {
		p.fit(s.width, s.height-titleBar-6)
	}
	p.settle()
	return p
}

// fills reports whether the window has the whole screen, as while judges have the computer.
func (p *program) fills() bool {
	return int(p.view.Height*p.view.Scale+.5) >= p.s.height
}

// fit gives the window a size in pixels and puts it below its title bar, unless it takes the whole screen by
// itself. It asks again where the program undoes that, growing for a page that was just built.
func (p *program) fit(width, height int) {
	p.s.t.Helper()
	p.wait("the window's size", func(v probe.View) bool {
		if v.Busy {
			return false
		}
		if near(v.Width*v.Scale, width) && near(v.Height*v.Scale, height) || p.fills() {
			return true
		}
		p.s.xdotool(
			"getactivewindow", "windowsize", strconv.Itoa(width), strconv.Itoa(height), "windowmove", "0",
			strconv.Itoa(titleBar),
		)
		time.Sleep(4 * poll)
		return false
	})
}

func near(has float32, want int) bool { return has > float32(want)-3 && has < float32(want)+3 }

func (p *program) look() probe.View {
	p.s.t.Helper()
	return p.wish(probe.Wish{})
}

// wish has the program do something before it says what it shows.
func (p *program) wish(w probe.Wish) probe.View {
	p.s.t.Helper()
	v, err := p.ask.Ask(w)
	if err != nil {
		p.s.t.Fatalf("the program does not answer: %v\n%s", err, p.stderr)
	}
	p.view = v
	return v
}

// rounds is how many rounds of the toolkit have passed for certain when something was taken in and drawn.
const rounds = 3

// settle waits until the program has taken in what was done, does no work any more and shows the same words as
// before; it fails on what a user would see wrong.
func (p *program) settle() probe.View {
	p.s.t.Helper()
	from, last := p.look().Frame, probe.View{}
	p.wait("the program to be idle", func(v probe.View) bool {
		still := !v.Busy && v.Frame >= from+rounds && v.Title == last.Title && reflect.DeepEqual(v.Sight, last.Sight)
		last = v
		return still
	})
	p.measure()
	return p.view
}

// measure reports what a user would see wrong, each fault of a page once.
func (p *program) measure() {
	p.s.t.Helper()
	faults := append(p.view.Faults, p.own.cut(p.view.Words)...)
	if right, bottom := int(p.view.Width*p.view.Scale), int(p.view.Height*p.view.Scale); right > p.s.width+1 ||
		bottom > p.s.height+1 {
		faults = append(faults, fmt.Sprintf("the window of %d×%d is larger than the screen", right, bottom))
	}
	for _, f := range faults {
		if key := p.view.Title + f; !p.shown[key] {
			p.shown[key] = true
			p.s.t.Errorf("%s, %s: %s; picture %s", p.view.Title, p.view.Route.Kind, f, p.s.shot())
		}
	}
}

// wait polls until ok; where that never comes it says what the program shows. While work goes on, as its words say,
// patience begins again, up to mostWait.
func (p *program) wait(what string, ok func(v probe.View) bool) {
	p.s.t.Helper()
	last, most := probe.View{}, time.Now().Add(mostWait)
	for end := time.Now().Add(patience); !ok(p.look()); time.Sleep(poll) {
		if p.view.Busy && !reflect.DeepEqual(p.view.Sight, last.Sight) && time.Now().Before(most) {
			last, end = p.view, time.Now().Add(patience)
		}
		if time.Now().After(end) {
			p.s.t.Fatalf("waited in vain for %s; picture %s\n%s", what, p.s.shot(), shown(p.view))
		}
	}
}

// shown is what the program shows, for people to read.
func shown(v probe.View) string {
	out := fmt.Appendf(
		nil, "%s, route %v, busy %v, covered %v, %.0f×%.0f\n", v.Title, v.Route, v.Busy, v.Over, v.Width, v.Height,
	)
	for _, w := range v.Words {
		out = fmt.Appendf(out, "%.0f %q press %v cut %v\n", w.Seen, w.Text, w.Press, w.Cut)
	}
	return string(out)
}

// at waits for the page of that title.
func (p *program) at(title string) probe.View {
	p.s.t.Helper()
	p.wait("the page "+title, func(v probe.View) bool { return strings.HasPrefix(v.Title, title) })
	return p.settle()
}

// press presses what says those words; a * at the end stands for more of them.
func (p *program) press(words string) probe.View {
	p.s.t.Helper()
	return p.pressThe("something to press that says "+words, first(says(words)))
}

// pressBeside presses what says those words and stands nearest below or right of others, as the button on a card.
func (p *program) pressBeside(others, words string) probe.View {
	p.s.t.Helper()
	return p.pressThe(words+" beside "+others, func(v probe.View) *sight.Words {
		by := find(v, func(w sight.Words) bool { return w.Text == others && !w.Press })
		return nearest(v, by, says(words))
	})
}

// pressThe presses what pick finds, as soon as it does.
func (p *program) pressThe(what string, pick func(v probe.View) *sight.Words) probe.View {
	p.s.t.Helper()
	p.wait(what, func(v probe.View) bool {
		w := pick(v)
		if w != nil && w.Seen.Empty() {
			p.roll(*w)
			return false
		}
		return w != nil
	})
	p.click(pick(p.view).Seen)
	return p.settle()
}

// roll turns the wheel over a list towards words that are out of sight.
func (p *program) roll(w sight.Words) {
	p.s.t.Helper()
	wheel := "5"
	if w.Box.Top < w.Scroll.Top {
		wheel = "4"
	}
	p.point(w.Scroll, "click", wheel)
	p.settle()
}

// click presses the middle of a place in the window.
func (p *program) click(at sight.Box) {
	p.s.t.Helper()
	p.point(at, "click", "1")
}

// point moves the pointer to the middle of a place in the window, then does what else is wanted.
func (p *program) point(at sight.Box, then ...string) {
	p.s.t.Helper()
	x, y := at.Middle()
	window := p.s.xdotool("getactivewindow")
	place := []string{
		"mousemove", "--window", window, strconv.Itoa(int(x * p.view.Scale)), strconv.Itoa(int(y * p.view.Scale)),
	}
	p.s.xdotool(append(place, then...)...)
}

// fill types into the field with that label.
func (p *program) fill(label, text string) probe.View {
	p.s.t.Helper()
	p.wait("the field "+label, func(v probe.View) bool { return field(v, label) != nil })
	p.click(*field(p.view, label))
	p.s.xdotool("key", "ctrl+a")
	p.s.xdotool("type", "--delay", "5", text)
	return p.settle()
}

func (p *program) keys(names ...string) probe.View {
	p.s.t.Helper()
	p.s.xdotool(append([]string{"key"}, names...)...)
	return p.settle()
}

func (p *program) kill() {
	p.cmd.Process.Kill()
	p.cmd.Wait()
	p.check()
}

// close closes the window as a user would.
func (p *program) close() {
	p.s.t.Helper()
	defer p.check()
	ended := make(chan error, 1)
	go func() { ended <- p.cmd.Wait() }()
	for range int(patience / again) {
		// the manager may miss a key while it gives the window the keyboard back
		p.s.command("xdotool", "key", "alt+F4").Run()
		select {
		case err := <-ended:
			if err != nil {
				p.s.t.Errorf("the program ended with %v\n%s", err, p.stderr)
			}
			return
		case <-time.After(again):
		}
	}
	p.s.t.Errorf("the program did not end when its window was closed; picture %s\n%s", p.s.shot(), shown(p.look()))
}

// again is the time after which a window is asked to close once more.
const again = 5 * time.Second

// check fails on what the toolkit logs when a widget is touched off its thread, and on panics.
func (p *program) check() {
	p.s.t.Helper()
	for _, bad := range []string{"Error in Fyne call thread", "panic"} {
		if strings.Contains(p.stderr.String(), bad) {
			p.s.t.Errorf("logged: %s", p.stderr)
		}
	}
}
