package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging/room/client"
	"fayi/judging/store/seal"
)

// freeAddress is one of this computer that nobody listens at.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer l.Close()
	return l.Addr().String()
}

// hall has a hall served over a folder with a contest, and lists, closes and opens its room.
func (j *journey) hall() {
	must(j.t, os.Mkdir("hall", 0o755))
	must(j.t, os.Rename("c.fayi", filepath.Join("hall", "c.fayi")))
	at, within := freeAddress(j.t), freeAddress(j.t)
	serve := "hall serve hall --address http://" + at + " --addr " + at + " --inside " + within + " --proxy 127.0.0.1"
	j.run(4, strings.Replace(serve, "serve hall", "serve none", 1)+" --for 1s")
	j.run(3, strings.Replace(serve, "http://", "", 1)+" --for 1s")
	j.run(2, serve+" --for never")
	j.run(2, strings.TrimSuffix(serve, " --proxy 127.0.0.1"))
	j.run(2, serve+"x")
	ctx, end := context.WithCancel(j.t.Context())
	var out, log bytes.Buffer
	code := make(chan int, 1)
	go func() {
		code <- command.Run(ctx, nouns, append(strings.Fields(serve), "--format", "json"), command.World{Out: &out,
			Err: &log, Lang: "zh_CN.UTF-8", Now: time.Now, Random: rand.Reader, Ended: j.ended,
			Cost: seal.Cost{Passes: 1, Memory: 64, Threads: 1}})
	}()
	for tries := 0; ; tries++ {
		resp, err := http.Get("http://" + within + "/readyz")
		if err == nil {
			resp.Body.Close()
			break
		}
		if tries == 200 {
			j.t.Fatalf("no hall: %s", &log)
		}
		time.Sleep(25 * time.Millisecond)
	}
	j.run(7, "hall serve hall --address http://"+at+" --addr "+at+" --proxy 127.0.0.1 --for 1s")
	j.t.Setenv(command.HallVariable, "wrong")
	j.run(6, "hall list http://"+at)
	token, err := os.ReadFile(filepath.Join("hall", ".hall", "token"))
	must(j.t, err)
	j.t.Setenv(command.HallVariable, strings.TrimSpace(string(token)))
	list := j.run(0, "hall list http://"+at)
	if name := find(j.t, list, "contests", 0, "name"); name != "c.fayi" {
		j.t.Errorf("the list has %s", name)
	}
	if s := find(j.t, j.run(0, "hall close http://"+at+" c.fayi"), "state"); s != "shut" {
		j.t.Errorf("closed, it is %s", s)
	}
	if s := find(j.t, j.run(0, "hall open http://"+at+" c.fayi"), "state"); s != "closed" {
		j.t.Errorf("opened, it is %s", s)
	}
	j.run(4, "hall close http://"+at+" none.fayi")
	j.run(4, "hall open http://"+at+" none.fayi")
	j.run(1, "hall list http://"+freeAddress(j.t))
	end()
	if c := <-code; c != 0 {
		j.t.Errorf("the hall ended with %d: %s", c, &log)
	}
	var ended map[string]any
	if err := json.Unmarshal(out.Bytes(), &ended); err != nil {
		j.t.Errorf("it says %s: %v", &out, err)
	}
	j.good["hall serve"] = true
}

// TestSlipsLeadToTheHall gives passes before a contest is in a hall, and scores there by one of them.
func TestSlipsLeadToTheHall(t *testing.T) {
	j := newJourney(t)
	j.material()
	must(t, os.Mkdir("hall", 0o755))
	j.run(0, "contest new hall/c.fayi --name 示例征集 --rules rules.toml")
	j.run(0, "works import hall/c.fayi list.csv")
	j.run(0, "judges add hall/c.fayi --name 佟四 --categories 征文,摄影")
	j.run(0, "assign plan hall/c.fayi --per-work 1")
	j.run(0, "assign publish hall/c.fayi")
	at, within := freeAddress(t), freeAddress(t)
	serve := strings.Fields("hall serve hall --address http://" + at + " --addr " + at + " --inside " + within +
		" --proxy 127.0.0.1")
	during := func(do func()) {
		ctx, end := context.WithCancel(t.Context())
		var log bytes.Buffer
		code := make(chan int, 1)
		go func() {
			code <- command.Run(ctx, nouns, serve, command.World{Out: &log, Err: &log, Lang: "en", Now: time.Now,
				Random: rand.Reader})
		}()
		for range 200 {
			if resp, err := http.Get("http://" + within + "/readyz"); err == nil {
				resp.Body.Close()
				break
			}
			time.Sleep(25 * time.Millisecond)
		}
		do()
		end()
		if c := <-code; c != 0 {
			t.Errorf("exit %d: %s", c, &log)
		}
	}
	var address string
	during(func() {
		token, err := os.ReadFile("hall/.hall/token")
		must(t, err)
		t.Setenv(command.HallVariable, strings.TrimSpace(string(token)))
		address = find(t, j.run(0, "hall list http://"+at), "contests", 0, "address")
	})
	j.run(2, "room invite hall/c.fayi --slips slips.pdf")
	link := find(t, j.run(0, "room invite hall/c.fayi --at "+address+" --slips slips.pdf"), 0, "link")
	if !strings.HasPrefix(link, address+"/#") {
		t.Errorf("the link is %s", link)
	}
	if info, err := os.Stat("slips.pdf"); err != nil || info.Size() < 1000 {
		t.Errorf("slips: %v", err)
	}
	during(func() {
		c, err := client.Open(http.DefaultClient, link, "", rand.Reader)
		must(t, err)
		in, err := c.Duties(t.Context())
		if err != nil || len(in.Works) == 0 {
			t.Errorf("%d works, %v", len(in.Works), err)
		}
	})
}

// TestTheServiceOfAHallIsWellFormed has systemd read the unit, and the command know each of its flags.
func TestTheServiceOfAHallIsWellFormed(t *testing.T) {
	unit, err := os.ReadFile("../../packaging/fayi-hall.service")
	must(t, err)
	conf, err := os.ReadFile("../../packaging/hall.conf")
	must(t, err)
	_, all := fullTree(t, "en").Described()
	known := ""
	for _, c := range all {
		if c.Command == "hall serve" {
			known = c.Usage + " "
		}
	}
	flags := regexp.MustCompile(`--[a-z]+`).FindAllString(string(unit)+string(conf), -1)
	for _, f := range flags {
		if !strings.Contains(known, f+" ") {
			t.Errorf("%s is no flag of hall serve", f)
		}
	}
	if len(flags) < 6 {
		t.Errorf("only %v were found", flags)
	}
	verify, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("no systemd-analyze")
	}
	own, err := os.Executable()
	must(t, err)
	path := filepath.Join(t.TempDir(), "fayi-hall.service")
	must(t, os.WriteFile(path, bytes.ReplaceAll(unit, []byte("/usr/bin/fayictl"), []byte(own)), 0o644))
	said, err := exec.CommandContext(t.Context(), verify, "verify", "--man=no", path).CombinedOutput()
	if err != nil || strings.Contains(string(said), "fayi-hall") {
		t.Errorf("%v: %s", err, said)
	}
}
