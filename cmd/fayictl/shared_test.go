package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/room/client"
	"fayi/judging/store/replica/logtest"
)

// answered runs the real program to its end, and returns what it answers.
func answered(t *testing.T, args ...string) []byte {
	t.Helper()
	cmd := exec.Command("fayictl", append(args, "--format", "json")...)
	var told strings.Builder
	cmd.Stderr = &told
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("fayictl %s: %v\n%s", strings.Join(args, " "), err, told.String())
	}
	return out
}

// computer is a program that has its copy of a contest open and serves judges.
type computer struct {
	t    *testing.T
	dir  string
	at   string
	cmd  *exec.Cmd
	told strings.Builder
}

// serves starts the program and waits until it answers.
func serves(t *testing.T, dir string) *computer {
	t.Helper()
	c := &computer{t: t, dir: dir, at: freeAddress(t)}
	c.cmd = exec.Command("fayictl", "room", "serve", dir, "--addr", c.at)
	c.cmd.Stdout, c.cmd.Stderr = &c.told, &c.told
	must(t, c.cmd.Start())
	for end := time.Now().Add(2 * time.Minute); ; time.Sleep(100 * time.Millisecond) {
		if answer, err := http.Get("http://" + c.at + "/"); err == nil {
			answer.Body.Close()
			return c
		}
		if time.Now().After(end) {
			c.dies()
			t.Fatalf("%s does not serve: %s", dir, c.told.String())
		}
	}
}

// dies ends the program as a power cut does.
func (c *computer) dies() {
	_ = c.cmd.Process.Kill()
	_ = c.cmd.Wait()
}

// closes ends it as a person does.
func (c *computer) closes() {
	c.t.Helper()
	must(c.t, c.cmd.Process.Signal(syscall.SIGTERM))
	if err := c.cmd.Wait(); err != nil {
		c.t.Errorf("%s: %v\n%s", c.dir, err, c.told.String())
	}
}

// pass is what lets a judge in, on one device, at whatever computer.
type pass struct{ token, device string }

func (p pass) at(t *testing.T, c *computer) *client.Client {
	t.Helper()
	out, err := client.Open(&http.Client{Timeout: 10 * time.Second}, "http://"+c.at+"/#"+p.token, p.device, rand.Reader)
	must(t, err)
	return out
}

// until does what may be refused for a while, where a computer or an engine is away, until ctx ends.
func until(ctx context.Context, do func() error) error {
	for {
		err := do()
		if err == nil || judging.CodeOf(err) != judging.Unavailable && judging.CodeOf(err) != judging.Busy {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// score has a judge score the works from one on, up to another, of those that are there, by marks that follow from the
// judge and the work only; who reaches the last hands in.
func (p pass) score(ctx context.Context, t *testing.T, c *computer, from, to int) error {
	t.Helper()
	desk := p.at(t, c)
	var in judging.Duties
	err := until(ctx, func() (err error) { in, err = desk.Duties(ctx); return err })
	if err != nil {
		return err
	}
	for _, w := range in.Works[min(from, len(in.Works)):min(to, len(in.Works))] {
		b := judging.Ballot{Code: w.Code, Marks: map[string]float64{}, Mark: fmt.Sprintf("m%s%s", in.Judge, w.Code)}
		for _, criterion := range in.Rubrics[w.Category].Criteria {
			sum := fnv.New32a()
			fmt.Fprint(sum, in.Judge, w.Code, criterion.Name)
			b.Marks[criterion.Name] = float64(sum.Sum32() % uint32(criterion.Weight+1))
		}
		if err := until(ctx, func() error { _, err := desk.Save(ctx, b); return err }); err != nil {
			return err
		}
	}
	if to < len(in.Works) {
		return nil
	}
	return until(ctx, func() error { return desk.Submit(ctx, "") })
}

// judged is a contest of some works whose plan is published, and its judges' passes.
func judged(t *testing.T, dir string, works, judges int) (all []pass) {
	t.Helper()
	list := filepath.Join(t.TempDir(), "list.csv")
	rows := "序号,作品名称,作者姓名,作品类别,组别,学校名称\n"
	for i := range works {
		rows += fmt.Sprintf("%d,法治作品第%d号,甲某%c,%s,小学组,示例第%d小学\n", i+1, i+1, '一'+rune(i),
			[]string{"征文", "书法", "绘画"}[i%3], i%7)
	}
	must(t, os.WriteFile(list, []byte(rows), 0o600))
	answered(t, "contest", "new", dir, "--name", "法治文化作品征集", "--host", "示例县司法局")
	answered(t, "works", "import", dir, list)
	for i := range judges {
		answered(t, "judges", "add", dir, "--name", fmt.Sprintf("评委%c", 'A'+i))
	}
	answered(t, "assign", "plan", dir)
	answered(t, "assign", "publish", dir)
	var served struct {
		Issued []struct{ Link string }
	}
	must(t, json.Unmarshal(answered(t, "room", "serve", dir, "--addr", freeAddress(t), "--for", "1s"), &served))
	for i, issued := range served.Issued {
		_, token, _ := strings.Cut(issued.Link, "#")
		all = append(all, pass{token, fmt.Sprintf("device-of-judge-%04d", i)})
	}
	if len(all) != judges {
		t.Fatalf("%d passes of %d judges", len(all), judges)
	}
	return all
}

// each does something for several at once.
func each[T any](of []T, do func(T)) {
	var working sync.WaitGroup
	for _, one := range of {
		working.Go(func() { do(one) })
	}
	working.Wait()
}

// TestThreeComputersAndARoomGiveTheAwardsOfOne, by real programs: three desktops and a room share a contest over three
// members of etcd, judges score at each. A member dies, and a desktop, whose judges go on in the room. The awards that
// another desktop decides are those of the same contest on one laptop, byte by byte, and so is what the desktop that
// died says once it is back.
func TestThreeComputersAndARoomGiveTheAwardsOfOne(t *testing.T) {
	if testing.Short() {
		t.Skip("a dozen programs; make test-long")
	}
	t.Chdir(t.TempDir())
	t.Setenv("XDG_CONFIG_HOME", ".")
	const much = 1 << 20
	judges := judged(t, "one.fayi", 30, 6)
	must(t, os.CopyFS("alone.fayi", os.DirFS("one.fayi")))

	laptop := serves(t, "alone.fayi")
	patient, enough := context.WithTimeout(t.Context(), 4*time.Minute)
	defer enough()
	scored := func(p pass, at *computer, from, to int) {
		if err := p.score(patient, t, at, from, to); err != nil {
			t.Error(err)
		}
	}
	each(judges, func(p pass) { scored(p, laptop, 0, much) })
	laptop.closes()
	answered(t, "awards", "decide", "alone.fayi")
	list := func(dir string) string {
		return string(answered(t, "awards", "list", dir)) + string(answered(t, "awards", "board", dir))
	}
	want := list("alone.fayi")
	if strings.Count(want, "法治作品") < 10 {
		t.Fatalf("hardly a list: %s", want)
	}

	engine := logtest.Start(t, "etcd")
	var invited struct{ Invitation string }
	shared := answered(t, "contest", "share", "one.fayi", "--to", engine.Addrs[0], "--name", "一号机")
	must(t, json.Unmarshal(shared, &invited))
	for _, name := range []string{"two", "three", "room"} {
		answered(t, "contest", "join", invited.Invitation, "--out", name+".fayi", "--name", name)
	}
	one, two, room := serves(t, "one.fayi"), serves(t, "two.fayi"), serves(t, "room.fayi")
	three := serves(t, "three.fayi")
	places := []*computer{one, two, three, room, room, room}
	type seat struct {
		pass
		at *computer
	}
	var seats []seat
	for i, p := range judges {
		seats = append(seats, seat{p, places[i]})
	}
	each(seats, func(s seat) { scored(s.pass, s.at, 0, 4) })
	ctx, stop := context.WithCancel(t.Context())
	var writing sync.WaitGroup
	writing.Go(func() { // what of it is kept, nobody knows
		_ = judges[1].score(ctx, t, two, 4, 12)
	})
	engine.Kill(1)
	time.Sleep(20 * time.Millisecond)
	two.dies()
	stop()
	writing.Wait()
	seats[1].at = room
	each(seats, func(s seat) { scored(s.pass, s.at, 4, 8) })
	engine.Revive(1)
	engine.Kill(2)
	each(seats, func(s seat) { scored(s.pass, s.at, 0, much) })
	engine.Revive(2)
	for _, c := range []*computer{one, three, room} {
		c.closes()
	}
	answered(t, "awards", "decide", "three.fayi")
	for _, name := range []string{"three", "one", "two", "room"} {
		if got := list(name + ".fayi"); got != want {
			t.Errorf("%s says\n%s\none laptop\n%s", name, got, want)
		}
	}
}
