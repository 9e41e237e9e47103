//go:build linux

package hall_test

import (
	"bufio"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	mathrand "math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/hall"
	"fayi/judging/room/client"
	"fayi/judging/room/roomtest"
	"fayi/judging/room/sign"
)

const (
	benchJudges = 10
	benchWorks  = 30
	perJudge    = 10 // works, about
)

// province is a hall over many copies of one contest, in a process of its own, so that its memory and its processor
// are not those of who asks.
type province struct {
	b      testing.TB
	run    *exec.Cmd
	at     string
	inside string
	rows   []hall.Row
	tokens map[judging.JudgeID]string
}

// newProvince copies a contest so often. Works' files never change, so that copies share them.
func newProvince(b testing.TB, contests int, most int, idle time.Duration) *province {
	b.Helper()
	of := roomtest.NewContest(b, roomtest.Contest{Works: benchWorks, Judges: benchJudges,
		PerWork: perJudge * benchJudges / benchWorks})
	must(b, of.Office.Close())
	folder := b.TempDir()
	for i := range contests {
		must(b, filepath.Walk(of.Dir, func(path string, info os.FileInfo, err error) error {
			to := filepath.Join(folder, fmt.Sprintf("c%04d.fayi", i), strings.TrimPrefix(path, of.Dir))
			switch {
			case err != nil:
				return err
			case info.IsDir():
				return os.MkdirAll(to, 0o755)
			case strings.Contains(path, "/media/"):
				return os.Link(path, to)
			}
			data, err := os.ReadFile(path)
			if err == nil {
				err = os.WriteFile(to, data, 0o600)
			}
			return err
		}))
	}
	p := &province{b: b, tokens: of.Tokens, at: free(b), inside: free(b)}
	said, err := json.Marshal([]string{folder, p.at, p.inside, strconv.Itoa(most), idle.String()})
	must(b, err)
	p.run = exec.Command(os.Args[0])
	p.run.Env = append(os.Environ(), hallVariable+"="+string(said))
	p.run.Stderr = os.Stderr
	must(b, p.run.Start())
	b.Cleanup(func() {
		_ = p.run.Process.Kill() // it has ended otherwise
		_ = p.run.Wait()
	})
	eventually(b, "the hall answers", func() bool {
		resp, err := http.Get("http://" + p.inside + "/readyz")
		if err == nil {
			resp.Body.Close()
		}
		return err == nil
	})
	token, err := os.ReadFile(filepath.Join(folder, ".hall", "token"))
	must(b, err)
	l, err := hall.Remote{Address: "http://" + p.at, Token: strings.TrimSpace(string(token))}.List(b.Context())
	must(b, err)
	p.rows = l.Contests
	return p
}

func free(b testing.TB) string {
	b.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(b, err)
	defer l.Close()
	return l.Addr().String()
}

// memory is what the hall's process has of its own, and with files that it has mapped, in megabytes.
func (p *province) memory() (own, whole float64) {
	f, err := os.Open(fmt.Sprintf("/proc/%d/status", p.run.Process.Pid))
	must(p.b, err)
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		var kb float64
		if n, _ := fmt.Sscanf(s.Text(), "RssAnon: %f", &kb); n == 1 {
			own = kb / 1024
		}
		if n, _ := fmt.Sscanf(s.Text(), "VmRSS: %f", &kb); n == 1 {
			whole = kb / 1024
		}
	}
	return own, whole
}

// cpu is how long the hall's process has run on processors.
func (p *province) cpu() time.Duration {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.run.Process.Pid))
	must(p.b, err)
	f := strings.Fields(string(raw[strings.LastIndex(string(raw), ")")+1:]))
	user, err := strconv.Atoi(f[11])
	must(p.b, err)
	system, err := strconv.Atoi(f[12])
	must(p.b, err)
	return time.Duration(user+system) * 10 * time.Millisecond
}

// measure reads a number of the hall's metrics.
func (p *province) measure(name string) float64 {
	resp, err := http.Get("http://" + p.inside + "/metrics")
	must(p.b, err)
	defer resp.Body.Close()
	for s := bufio.NewScanner(resp.Body); s.Scan(); {
		if v, ok := strings.CutPrefix(s.Text(), name+" "); ok {
			n, err := strconv.ParseFloat(v, 64)
			must(p.b, err)
			return n
		}
	}
	return 0
}

// visitor is one judge's page.
type visitor struct {
	*client.Client

	works []judging.Duty
	in    judging.Duties
	base  map[judging.WorkCode]string
	mu    sync.Mutex
	n     int
}

func (p *province) visitor(i int, judge judging.JudgeID, way http.RoundTripper) *visitor {
	c, err := client.Open(&http.Client{Transport: way, Timeout: time.Minute}, p.rows[i].Address+"/#"+p.tokens[judge],
		"the-device-of-a-judge", rand.Reader)
	must(p.b, err)
	return &visitor{Client: c, base: map[judging.WorkCode]string{}}
}

func (v *visitor) list(ctx context.Context) (err error) {
	if v.in, err = v.Duties(ctx); err == nil {
		v.works = v.in.Works
	}
	return err
}

// save saves the next ballot, as a page does that knows what it was made on.
func (v *visitor) save(ctx context.Context) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	w := v.works[v.n%len(v.works)]
	b := judging.Ballot{Code: w.Code, Marks: map[string]float64{}, Base: v.base[w.Code], Mark: rand.Text()}
	for k, criterion := range v.in.Rubrics[w.Category].Criteria {
		b.Marks[criterion.Name] = float64((v.n + k) % 10)
	}
	kept, err := v.Save(ctx, b)
	if err == nil {
		v.base[w.Code] = kept.Base
		v.n++
	}
	return err
}

// listen opens the news of a judge's page and leaves it open until ctx ends.
func (p *province) listen(ctx context.Context, i int, judge judging.JudgeID, way http.RoundTripper) error {
	key, err := sign.KeyOf(p.tokens[judge])
	if err != nil {
		return err
	}
	via := &http.Client{Transport: way}
	resp, err := via.Post(p.rows[i].Address+"/api/hello", "application/json",
		strings.NewReader(`{"pass":"`+key.ID()+`"}`))
	if err != nil {
		return err
	}
	var hello struct{ Session string }
	err = json.NewDecoder(resp.Body).Decode(&hello)
	resp.Body.Close()
	if err != nil {
		return err
	}
	of := sign.Request{Method: "GET", Path: "/api/news", Session: hello.Session, Count: 1,
		Device: "the-device-of-a-judge"}
	auth := strings.Join([]string{key.ID(), hello.Session, "1", of.Device, key.Sign(of)}, ",")
	r, err := http.NewRequestWithContext(ctx, "GET", p.rows[i].Address+"/api/news?auth="+auth, nil)
	if err != nil {
		return err
	}
	if resp, err = via.Do(r); err != nil {
		return err
	}
	if resp.StatusCode != 200 {
		resp.Body.Close()
		return fmt.Errorf("news: %s", resp.Status)
	}
	go func() {
		defer resp.Body.Close()
		_, _ = io.Copy(io.Discard, resp.Body) // until ctx ends
	}()
	return nil
}

func middle(all []time.Duration, share float64) float64 {
	slices.Sort(all)
	return float64(all[int(share*float64(len(all)-1))].Microseconds()) / 1000
}

// alive asks again and again for what costs the hall nothing, until ctx ends, and returns how long each answer took:
// that is how long any answer waits for a processor.
func (p *province) alive(ctx context.Context) (took []time.Duration) {
	for ctx.Err() == nil {
		at := time.Now()
		resp, err := http.Get("http://" + p.inside + "/healthz")
		if err == nil {
			resp.Body.Close()
			took = append(took, time.Since(at))
		}
		time.Sleep(50 * time.Millisecond)
	}
	return took
}

// BenchmarkThreeHundredContests has the pages of 300 × 10 judges open and listening, and each save every half minute:
// 100 saves a second. Then all go, and the contests close.
func BenchmarkThreeHundredContests(b *testing.B) {
	const contests, seconds, aSecond = 300, 30, 100
	p := newProvince(b, contests, contests, 20*time.Second)
	way := &http.Transport{MaxIdleConnsPerHost: 64}
	defer way.CloseIdleConnections()
	ctx, leave := context.WithCancel(b.Context())
	defer leave()
	began, before := time.Now(), p.cpu()
	var all []*visitor
	for i := range contests {
		for judge := range p.tokens {
			v := p.visitor(i, judge, way)
			must(b, v.list(ctx))
			must(b, p.listen(ctx, i, judge, way))
			all = append(all, v)
		}
	}
	b.ReportMetric(time.Since(began).Seconds(), "coming-in-s")
	b.ReportMetric((p.cpu()-before).Seconds()*1000/contests, "cpu-ms/contest")
	var mu sync.Mutex
	var took []time.Duration
	var going sync.WaitGroup
	before = p.cpu()
	saving, saved := context.WithCancel(ctx)
	var bare []time.Duration
	var asking sync.WaitGroup
	asking.Go(func() { bare = p.alive(saving) })
	beat := time.NewTicker(time.Second / aSecond)
	defer beat.Stop()
	for range seconds * aSecond {
		<-beat.C
		v := all[mathrand.IntN(len(all))]
		going.Go(func() {
			at := time.Now()
			if err := v.save(ctx); err != nil {
				b.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			took = append(took, time.Since(at))
		})
	}
	going.Wait()
	saved()
	asking.Wait()
	b.ReportMetric(middle(took, .5), "save-p50-ms")
	b.ReportMetric(middle(took, .95), "save-p95-ms")
	b.ReportMetric(middle(bare, .5), "nothing-p50-ms")
	b.ReportMetric(middle(bare, .95), "nothing-p95-ms")
	b.ReportMetric((p.cpu()-before).Seconds()*1000/float64(len(took)), "cpu-ms/save")
	own, whole := p.memory()
	b.ReportMetric(own, "memory-MB")
	b.ReportMetric(whole, "with-mapped-files-MB")
	b.ReportMetric(p.measure("fayi_hall_heap_bytes")/(1<<20), "heap-MB")
	leave()
	eventually(b, "all have closed", func() bool {
		time.Sleep(time.Second)
		return p.measure(`fayi_hall_contests{state="open"}`) == 0
	})
	time.Sleep(15 * time.Second) // the runtime gives memory back by and by
	own, whole = p.memory()
	b.ReportMetric(own, "memory-closed-MB")
	b.ReportMetric(whole, "with-mapped-files-closed-MB")
	b.ReportMetric(p.measure("fayi_hall_heap_bytes")/(1<<20), "heap-closed-MB")
}

// BenchmarkThreeThousandContests has judges come to contests at random, of which one in ten may be open: each reads the
// list, saves three ballots and goes.
func BenchmarkThreeThousandContests(b *testing.B) {
	const contests, most, visits, atOnce = 3000, 300, 3000, 16
	p := newProvince(b, contests, most, 10*time.Minute)
	way := &http.Transport{MaxIdleConnsPerHost: 64}
	defer way.CloseIdleConnections()
	judges := make([]judging.JudgeID, 0, benchJudges)
	for j := range p.tokens {
		judges = append(judges, j)
	}
	var mu sync.Mutex
	var lists, saves []time.Duration
	note := func(into *[]time.Duration, since time.Time) {
		mu.Lock()
		defer mu.Unlock()
		*into = append(*into, time.Since(since))
	}
	before, began := p.cpu(), time.Now()
	slots := make(chan struct{}, atOnce)
	var going sync.WaitGroup
	order := mathrand.Perm(contests)
	for i := range visits {
		slots <- struct{}{}
		going.Go(func() {
			defer func() { <-slots }()
			v := p.visitor(order[i%contests], judges[mathrand.IntN(len(judges))], way)
			at := time.Now()
			if err := v.list(b.Context()); err != nil {
				b.Error(err)
				return
			}
			note(&lists, at)
			for range 3 {
				at = time.Now()
				if err := v.save(b.Context()); err != nil {
					b.Error(err)
				}
				note(&saves, at)
			}
		})
	}
	going.Wait()
	took := time.Since(began).Seconds()
	b.ReportMetric(float64(visits)/took, "visits/s")
	b.ReportMetric(float64(len(saves))/took, "saves/s")
	b.ReportMetric(middle(lists, .5), "first-list-p50-ms")
	b.ReportMetric(middle(lists, .95), "first-list-p95-ms")
	b.ReportMetric(middle(saves, .5), "save-p50-ms")
	b.ReportMetric(middle(saves, .95), "save-p95-ms")
	b.ReportMetric((p.cpu()-before).Seconds()*1000/float64(visits), "cpu-ms/visit")
	b.ReportMetric(p.measure(`fayi_hall_openings_total{result="ok"}`), "openings")
	own, whole := p.memory()
	b.ReportMetric(own, "memory-MB")
	b.ReportMetric(whole, "with-mapped-files-MB")
}
