package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/sample"
)

// Places in a window of 1280×720 at normal type size.
var (
	railScores   = [2]int{80, 280}
	takeTurns    = [2]int{1170, 205} // 评委轮流在本机评分
	firstName    = [2]int{140, 180}  // in the whole screen, as what follows
	continueWork = [2]int{1213, 92}  // 继续评分
)

// TestAJudgeScoresByKeysAndNothingIsLostWhenTheProgramIsKilled drives the real program in real windows: the organiser hands the laptop to a judge, who scores
// two works with keys only; the program is killed, started again, and a third work is scored.
func TestAJudgeScoresByKeysAndNothingIsLostWhenTheProgramIsKilled(t *testing.T) {
	s := newScreen(t)
	dir := prepared(t)
	exe := s.build()
	marks := [][]int{{18, 17, 20, 13, 16}, {15, 15, 19, 12, 14}, {20, 20, 25, 15, 20}}

	app := s.start(exe, dir)
	s.openDesk()
	s.score(marks[0])
	s.score(marks[1])
	app.kill()

	app = s.start(exe, dir)
	s.openDesk()
	s.score(marks[2])
	app.close()

	o := reopen(t, dir)
	defer o.Close()
	wantTotals(t, o, []float64{84, 75, 100})
	if check, err := o.CheckContest(t.Context(), nil); err != nil || !check.OK {
		t.Fatalf("%+v %v", check, err)
	}
}

// wantTotals compares the first works of the first judge's list.
func wantTotals(t *testing.T, o *office.Office, want []float64) {
	t.Helper()
	d, err := o.Desk("j001").Duties(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i, total := range want {
		if w := d.Works[i]; w.State != judging.Scored || w.Total != total {
			t.Errorf("work %d is %s with %g, want %g", i+1, w.State, w.Total, total)
		}
	}
	if next := d.Works[len(want)]; next.State != judging.Open {
		t.Errorf("the work after is %s", next.State)
	}
}

// prepared is a contest of the bundled sample with a published plan, closed.
func prepared(t testing.TB) string {
	t.Helper()
	ctx, base := t.Context(), t.TempDir()
	if _, err := sample.Write(filepath.Join(base, "s"), 1); err != nil {
		t.Fatal(err)
	}
	rules, err := office.ParseRules(bytes.NewReader(rubrics.LegalCulture))
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(base, "甲.fayi")
	cfg, err := blank(dir)
	if err != nil {
		t.Fatal(err)
	}
	o, err := office.Create(ctx, cfg, "法治文化作品征集", "示例县司法局", rules)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	req := office.ImportRequest{Sources: []string{filepath.Join(base, "s", "来稿")}, Media: []string{filepath.Join(base, "s", "作品")}}
	if _, err := o.ImportWorks(ctx, req, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := o.ImportJudges(ctx, filepath.Join(base, "s", "评委.xlsx"), nil); err != nil {
		t.Fatal(err)
	}
	seed := uint64(1)
	if _, err := o.PlanAssignment(ctx, office.PlanRequest{Seed: &seed}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := o.PublishPlan(ctx, ""); err != nil {
		t.Fatal(err)
	}
	return dir
}

func reopen(t testing.TB, dir string) *office.Office {
	t.Helper()
	o, err := open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// screen is a display of its own with a window manager on it.
type screen struct {
	t       testing.TB
	display string
	home    string
	memory  string // the file in which the server keeps what is on the screen
}

func newScreen(t testing.TB) *screen {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	memory := t.TempDir()
	server := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1280x720x24", "-nolisten", "tcp", "-fbdir", memory)
	server.ExtraFiles = []*os.File{w}
	if err := server.Start(); err != nil {
		t.Fatalf("Xvfb (scripts/deps test installs it): %v", err)
	}
	t.Cleanup(func() { server.Process.Kill(); server.Wait() })
	w.Close()
	number := make([]byte, 16)
	n, err := r.Read(number)
	if err != nil {
		t.Fatal(err)
	}
	s := &screen{t, ":" + strings.TrimSpace(string(number[:n])), t.TempDir(), filepath.Join(memory, "Xvfb_screen0")}
	manager := s.command("openbox")
	if err := manager.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { manager.Process.Kill(); manager.Wait() })
	return s
}

// build makes the program as it is now.
func (s *screen) build() string {
	s.t.Helper()
	exe := filepath.Join(s.t.TempDir(), "fayi")
	if out, err := exec.Command("go", "build", "-o", exe, ".").CombinedOutput(); err != nil {
		s.t.Fatalf("build: %v\n%s", err, out)
	}
	return exe
}

func (s *screen) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), "DISPLAY="+s.display, "HOME="+s.home, "XDG_CONFIG_HOME="+s.home, "LANG=zh_CN.UTF-8")
	return cmd
}

// program is the running desktop.
type program struct {
	s      *screen
	cmd    *exec.Cmd
	stderr *bytes.Buffer
}

// start runs the program on the contest and waits for its window to stand still.
func (s *screen) start(exe, dir string) *program {
	s.t.Helper()
	p := &program{s, s.command(exe, dir), new(bytes.Buffer)}
	p.cmd.Stderr = p.stderr
	if err := p.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { p.cmd.Process.Kill() })
	s.wait("the window", func() bool { return strings.Contains(s.title(), "法治文化作品征集") })
	s.settle()
	if !strings.HasPrefix(s.title(), "评委评分") { // that one fills the screen
		s.fit("690")
	}
	return p
}

// fit gives the window the size and place that the places in it are measured for, whatever the size it begins with or was left at.
func (s *screen) fit(height string) {
	s.t.Helper()
	s.xdotool("getactivewindow", "windowsize", "--sync", "1280", height)
	s.xdotool("getactivewindow", "windowmove", "0", "24") // below its title bar
	s.settle()
}

func (p *program) kill() {
	p.cmd.Process.Kill()
	p.cmd.Wait()
	p.check()
}

// close closes the window as a user would.
func (p *program) close() {
	p.s.t.Helper()
	p.s.xdotool("key", "alt+F4")
	ended := make(chan error, 1)
	go func() { ended <- p.cmd.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			p.s.t.Errorf("the program ended with %v\n%s", err, p.stderr)
		}
	case <-time.After(20 * time.Second):
		p.s.t.Error("the program did not end when its window was closed")
	}
	p.check()
}

// check fails on what the toolkit logs when a widget is touched off its thread, and on panics.
func (p *program) check() {
	p.s.t.Helper()
	for _, bad := range []string{"Error in Fyne call thread", "panic"} {
		if strings.Contains(p.stderr.String(), bad) {
			p.s.t.Errorf("logged: %s", p.stderr)
		}
	}
}

// openDesk hands the laptop to the first judge and begins with the first open work.
func (s *screen) openDesk() {
	s.t.Helper()
	if !strings.HasPrefix(s.title(), "评委评分") { // where a program ends that was killed while judges had the computer
		s.click(railScores)
		s.wait("the scoring page", func() bool { return strings.HasPrefix(s.title(), "评分") })
		s.settle()
		s.click(takeTurns)
		s.wait("the names", func() bool { return strings.HasPrefix(s.title(), "评委评分") })
	}
	s.settle()
	s.click(firstName)
	s.settle()
	s.xdotool("key", "Return") // 我是…，开始评分
	s.settle()
	s.click(continueWork)
}

// score types the marks of one work and goes on to the next.
func (s *screen) score(marks []int) {
	s.t.Helper()
	for _, m := range marks {
		s.xdotool("type", strconv.Itoa(m))
		s.xdotool("key", "Return")
	}
	s.settle()
}

func (s *screen) click(at [2]int) {
	s.t.Helper()
	s.xdotool("mousemove", strconv.Itoa(at[0]), strconv.Itoa(at[1]))
	s.settle()
	s.xdotool("click", "1")
	s.settle()
}

func (s *screen) xdotool(args ...string) string {
	s.t.Helper()
	out, err := s.command("xdotool", args...).Output()
	if err != nil && args[0] != "getactivewindow" {
		s.t.Fatalf("xdotool %v: %v", args, err)
	}
	return strings.TrimSpace(string(out))
}

func (s *screen) title() string { return s.xdotool("getactivewindow", "getwindowname") }

// settle waits until the picture on the screen has stood still for a moment.
func (s *screen) settle() {
	s.t.Helper()
	var last []byte
	still := 0
	s.wait("the picture to stand still", func() bool {
		now := s.frame()
		if bytes.Equal(now, last) {
			still++
		} else {
			still = 0
		}
		last = now
		return still >= 3
	})
}

// frame is what is on the screen, in the server's own form.
func (s *screen) frame() []byte {
	s.t.Helper()
	now, err := os.ReadFile(s.memory)
	if err != nil {
		s.t.Fatal(err)
	}
	return now
}

// wait polls until ok, for at most a minute; then it keeps a picture of the screen.
func (s *screen) wait(what string, ok func() bool) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), time.Minute)
	defer cancel()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			s.t.Fatalf("waited in vain for %s; title %q; picture %s", what, s.title(), s.shot())
		}
	}
}

// shot keeps a picture of the screen for people to look at.
func (s *screen) shot() string {
	path := filepath.Join(os.TempDir(), fmt.Sprintf("fayi-window-%d.png", os.Getpid()))
	s.command("import", "-window", "root", path).Run()
	return path
}
