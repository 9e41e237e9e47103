package hall_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"log/slog"
	mathrand "math/rand/v2"
	"net"
	"net/http"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"fayi/assets"
	"fayi/judging"
	"fayi/judging/hall"
	"fayi/judging/room"
	"fayi/judging/room/client"
	"fayi/judging/room/roomtest"
)

// hallVariable makes the test program a hall: over the folder that it names, at the address that follows, and with that
// of its metrics, how many contests may be open, and after what time one is closed.
const hallVariable = "FAYI_TEST_HALL"

// serveForOthers is a hall in a process of its own, until it is killed.
func serveForOthers(said string) {
	fmt.Fprintln(os.Stderr, servesForOthers(said))
	os.Exit(1)
}

func servesForOthers(said string) error {
	var at []string
	if err := json.Unmarshal([]byte(said), &at); err != nil {
		return err
	}
	most, err := strconv.Atoi(at[3])
	if err != nil {
		return err
	}
	idle, err := time.ParseDuration(at[4])
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", at[1])
	if err != nil {
		return err
	}
	within, err := net.Listen("tcp", at[2])
	if err != nil {
		return err
	}
	texts, err := assets.Load()
	if err != nil {
		return err
	}
	h, err := hall.New(hall.Config{
		Folder: at[0], Address: "http://" + at[1], Door: door(time.Now), Random: rand.Reader, Now: time.Now,
		Log: slog.New(slog.DiscardHandler), Proxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")},
		Most: most, Idle: idle,
		Text: func(lang string, called func(string) (string, bool)) room.Words {
			return texts.In(lang).Calling(called)
		},
	})
	if err != nil {
		return err
	}
	go func() { _ = http.Serve(within, h.Inside()) }() // until it is killed
	go func() {
		for range time.Tick(5 * time.Second) {
			h.Look(context.Background())
		}
	}()
	return h.Serve(context.Background(), l)
}

// TestNoReceivedScoreIsLostWhenTheHallIsKilled has judges of several contests, more than may be open, save without
// pause while the hall is killed at random moments; each save that was answered is found at the end. FAYI_KILLS sets
// how often.
func TestNoReceivedScoreIsLostWhenTheHallIsKilled(t *testing.T) {
	kills := 60
	if testing.Short() {
		kills = 6
	}
	if n, err := strconv.Atoi(os.Getenv("FAYI_KILLS")); err == nil {
		kills = n
	}
	folder := t.TempDir()
	names := []string{"a.fayi", "b.fayi", "c.fayi"}
	tokens := contests(t, folder, names...)
	h := open(t, folder, nil)
	at := roomtest.Address(t, "127.0.0.1")
	links := map[string]string{} // of contests
	for _, name := range names {
		links[name] = "http://" + at + h.row(name).Address[len(h.at):]
	}
	h.end()
	said, err := json.Marshal([]string{folder, at, "127.0.0.1:0", "2", "1s"})
	must(t, err)
	start := func() *exec.Cmd {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), hallVariable+"="+string(said))
		cmd.Stderr = os.Stderr
		must(t, cmd.Start())
		return cmd
	}
	running := start()
	type place struct {
		name  string
		judge judging.JudgeID
		code  judging.WorkCode
	}
	ctx, end := context.WithCancel(t.Context())
	var all sync.WaitGroup
	var mu sync.Mutex
	kept, n := map[place]string{}, 0
	for _, name := range names {
		for _, judge := range []judging.JudgeID{"j001", "j002"} {
			c, err := client.Open(&http.Client{Timeout: 10 * time.Second}, links[name]+"/#"+tokens[name][judge],
				"the-device-of-a-judge", rand.Reader)
			must(t, err)
			all.Add(1)
			go func() {
				defer all.Done()
				for i := 0; ctx.Err() == nil; i++ {
					b, err := score(ctx, c, i, fmt.Sprintf("k%d%s", i, judge))
					if err != nil {
						switch judging.CodeOf(err) {
						case judging.Unavailable, judging.Busy:
						default:
							if ctx.Err() == nil {
								t.Errorf("%s %s: %v", name, judge, err)
							}
						}
						time.Sleep(5 * time.Millisecond)
						continue
					}
					mu.Lock()
					kept[place{name, judge, b.Code}] = b.Base
					n++
					mu.Unlock()
				}
			}()
		}
	}
	for range kills {
		time.Sleep(time.Duration(100+mathrand.IntN(500)) * time.Millisecond)
		must(t, running.Process.Kill())
		_ = running.Wait() // it says that it was killed
		running = start()
	}
	time.Sleep(500 * time.Millisecond)
	end()
	all.Wait()
	must(t, running.Process.Kill())
	_ = running.Wait() // it says that it was killed
	for p, base := range kept {
		if !holds(t, filepath.Join(folder, p.name), p.judge, p.code, base) {
			t.Errorf("%v: what was answered last is not there", p)
		}
	}
	if t.Logf("%d saves answered over %d kills", n, kills); n < 2*kills {
		t.Error("hardly anything was saved")
	}
}
