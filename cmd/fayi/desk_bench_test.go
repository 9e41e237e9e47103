package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/sheet"
)

// benchWorks is how many works with a photograph of 12 megapixels a judge goes through, and pace how long one is looked at: far shorter than any judge
// looks.
const (
	benchWorks = 36
	pace       = 1500 * time.Millisecond
)

// BenchmarkSaveAndNext measures, in a real window with software drawing, the time from the key that saves a work until the next one's photograph stands on
// the screen and nothing in its place changes any more. It tells the middle, the 95th percentile and the memory.
func BenchmarkSaveAndNext(b *testing.B) {
	s := newScreen(b)
	dir := photographs(b, benchWorks)
	exe := s.build()
	app := s.start(exe, dir)
	s.openDesk()
	s.settle()
	var took []time.Duration
	for range benchWorks - 2 {
		s.xdotool("type", "--delay", "5", "1514181013") // five marks
		time.Sleep(pace)
		took = append(took, s.timeOf(func() { s.xdotool("key", "Return") }).Round(time.Millisecond))
	}
	b.Logf("in order: %v", took)
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Milliseconds()), "p50-ms")
	b.ReportMetric(float64(took[len(took)*95/100].Milliseconds()), "p95-ms")
	b.ReportMetric(app.memory("VmHWM"), "peak-MB")
	b.ReportMetric(app.memory("VmRSS"), "end-MB")
	b.ReportMetric(0, "ns/op")
	app.kill()
	o := reopen(b, dir)
	defer o.Close()
	if d, err := o.Desk("j001").Duties(b.Context()); err != nil || d.Works[benchWorks-3].State != judging.Scored {
		b.Errorf("not all works were scored: %v", err)
	}
}

// timeOf returns the time from act until the place of the work has another colour in its middle and stands still.
func (s *screen) timeOf(act func()) time.Duration {
	s.t.Helper()
	before := s.work()
	start := time.Now()
	act()
	last, at, changed := before, start, false
	for now := time.Now(); now.Sub(at) < 400*time.Millisecond || !changed; now = time.Now() {
		if now.Sub(start) > 20*time.Second {
			s.t.Fatalf("the next work did not come; picture %s", s.shot())
		}
		if seen := s.work(); !bytes.Equal(seen, last) {
			last, at = seen, time.Now()
			changed = !bytes.Equal(middle(seen), middle(before))
		}
		time.Sleep(3 * time.Millisecond)
	}
	return at.Sub(start)
}

// The place of the work in a window of 1280×720 at normal type size.
var workPlace = image.Rect(24, 130, 780, 600)

// work is what is drawn in the place of the work: every eighth line of it, so that looking costs the program little.
func (s *screen) work() []byte {
	s.t.Helper()
	f, err := os.Open(s.memory)
	if err != nil {
		s.t.Fatal(err)
	}
	defer f.Close()
	head := make([]byte, 100)
	read := func(into []byte, at int) {
		if _, err := f.ReadAt(into, int64(at)); err != nil {
			s.t.Fatal(err)
		}
	}
	read(head, 0)
	pixels := int(binary.BigEndian.Uint32(head)) + 12*int(binary.BigEndian.Uint32(head[76:])) // after the header and its colours
	line := int(binary.BigEndian.Uint32(head[48:]))
	wide := 4 * workPlace.Dx()
	out := make([]byte, 0, wide*workPlace.Dy()/8+wide)
	for y := workPlace.Min.Y; y < workPlace.Max.Y; y += 8 {
		out = out[:len(out)+wide]
		read(out[len(out)-wide:], pixels+y*line+4*workPlace.Min.X)
	}
	return out
}

func middle(work []byte) []byte {
	wide := 4 * workPlace.Dx()
	at := len(work)/wide/2*wide + wide/2
	return work[at : at+3]
}

// memory reads a line of the system's account of the program, in MB.
func (p *program) memory(name string) float64 {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		p.s.t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(data), name+":")
	var kb float64
	if _, err := fmt.Sscan(after, &kb); err != nil {
		p.s.t.Fatal(err)
	}
	return kb / 1024
}

// photographs is a contest of n works of calligraphy, each a photograph of 4000×3000 of its own colour, all for one judge.
func photographs(b *testing.B, n int) string {
	b.Helper()
	base := b.TempDir()
	rows := [][]any{{"作品名称", "类别", "组别", "作者", "单位", "文件名"}}
	for i := range n {
		name := fmt.Sprintf("%02d.jpg", i+1)
		if err := os.WriteFile(filepath.Join(base, name), photograph(b, i), 0o644); err != nil {
			b.Fatal(err)
		}
		rows = append(rows, []any{fmt.Sprintf("墨迹%d", i+1), "书法", "成人组", fmt.Sprintf("甲某%d", i+1), fmt.Sprintf("示例第%d中学", i%5+1), name})
	}
	f, err := os.Create(filepath.Join(base, "汇总表.xlsx"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	if err := sheet.WriteGrids(f, []sheet.Grid{{Name: "作品", Rows: rows}}); err != nil {
		b.Fatal(err)
	}
	return benchContest(b, base)
}

// photograph is a JPEG with the grain of a real one and a field of its own colour in the middle.
func photograph(b *testing.B, n int) []byte {
	b.Helper()
	img := image.NewYCbCr(image.Rect(0, 0, 4000, 3000), image.YCbCrSubsampleRatio420)
	grain := rand.New(rand.NewPCG(uint64(n), 1))
	for i := range img.Y {
		img.Y[i] = uint8(90 + i/(4000*30) + int(grain.Uint32()&31))
	}
	for i := range img.Cb {
		img.Cb[i], img.Cr[i] = uint8(100+n), uint8(150-2*n)
	}
	r, g, bl := color.YCbCrToRGB(uint8(60+5*n), uint8(60+4*n), uint8(200-4*n))
	y, cb, cr := color.RGBToYCbCr(r, g, bl)
	for py := 1200; py < 1800; py++ {
		for px := 1600; px < 2400; px++ {
			img.Y[img.YOffset(px, py)] = y
			img.Cb[img.COffset(px, py)], img.Cr[img.COffset(px, py)] = cb, cr
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, &jpeg.Options{Quality: 88}); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

// benchContest brings the folder in and gives every work to one judge.
func benchContest(b *testing.B, material string) string {
	b.Helper()
	ctx := b.Context()
	rules, err := office.ParseRules(bytes.NewReader(rubrics.LegalCulture))
	if err != nil {
		b.Fatal(err)
	}
	rules.PerWork = 1
	dir := filepath.Join(b.TempDir(), "甲.fayi")
	cfg, err := blank(dir)
	if err != nil {
		b.Fatal(err)
	}
	o, err := office.Create(ctx, cfg, "法治文化作品征集", "示例县司法局", rules)
	if err != nil {
		b.Fatal(err)
	}
	defer o.Close()
	if _, err := o.ImportWorks(ctx, office.ImportRequest{Sources: []string{material}}, nil); err != nil {
		b.Fatal(err)
	}
	if _, err := o.AddJudge(ctx, judging.Judge{Name: "评委甲", Unit: "示例协会"}); err != nil {
		b.Fatal(err)
	}
	seed := uint64(1)
	if _, err := o.PlanAssignment(ctx, office.PlanRequest{Seed: &seed}, nil); err != nil {
		b.Fatal(err)
	}
	if _, err := o.PublishPlan(ctx, ""); err != nil {
		b.Fatal(err)
	}
	return dir
}
