package media

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"fayi/judging/media/picture"
)

// shots is how many photographs the benchmark makes small; a few different ones are repeated, each file with bytes
// of its own.
const shots = 200

// photograph is a picture of 12 megapixels with the soft shapes, edges and grain that make the files of cameras 3
// to 5 MB large.
func photograph(seed uint32) image.Image {
	const w, h = 4000, 3000
	p := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420)
	for y := range h {
		for x := range w {
			seed = seed*1664525 + 1013904223
			v := 90 + 60*((x/(300+int(seed>>31)))%2) + (x*y>>15)&31 + int(seed>>28)
			p.Y[y*p.YStride+x] = byte(min(v+x*40/w, 250))
		}
	}
	for i := range p.Cb {
		p.Cb[i], p.Cr[i] = byte(110+i/p.CStride*30/(h/2)), byte(120+i%p.CStride*30/(w/2))
	}
	return p
}

// photographs writes the files and returns their names.
func photographs(b *testing.B) []string {
	b.Helper()
	dir := b.TempDir()
	var kinds [][]byte
	for i := range 4 {
		var out bytes.Buffer
		if err := jpeg.Encode(&out, photograph(uint32(i+1)), &jpeg.Options{Quality: 90}); err != nil {
			b.Fatal(err)
		}
		kinds = append(kinds, out.Bytes())
	}
	names := make([]string, shots)
	for i := range names {
		names[i] = filepath.Join(dir, fmt.Sprintf("%03d.jpg", i))
		data := append(kinds[i%len(kinds)], fmt.Sprintf("%d", i)...) // behind the picture's end
		if err := os.WriteFile(names[i], data, 0o600); err != nil {
			b.Fatal(err)
		}
	}
	b.Logf("%d files of %.1f MB", shots, float64(len(kinds[0]))/1e6)
	return names
}

// together runs do for all names, n at a time, and returns how long that took.
func together(names []string, n int, do func(name string)) time.Duration {
	start := time.Now()
	queue := make(chan string)
	var all sync.WaitGroup
	for range n {
		all.Go(func() {
			for name := range queue {
				do(name)
			}
		})
	}
	for _, name := range names {
		queue <- name
	}
	close(queue)
	all.Wait()
	return time.Since(start)
}

// tool runs a program for each name; 0 where it is not installed or refuses.
func tool(b *testing.B, names []string, n int, program string, args func(name string) []string) time.Duration {
	b.Helper()
	if _, err := exec.LookPath(program); err != nil {
		b.Logf("%s is not installed", program)
		return 0
	}
	var failed sync.Map
	took := together(names, n, func(name string) {
		if out, err := exec.Command(program, args(name)...).CombinedOutput(); err != nil {
			failed.Store(name, string(out))
		}
	})
	failed.Range(func(name, out any) bool { b.Errorf("%s %s: %s", program, name, out); return false })
	return took
}

// BenchmarkThumbnails200 makes 200 photographs of 12 megapixels small, with two workers as the program does,
// compared with ImageMagick's convert (one and two at a time) and libvips' vipsthumbnail on the same files in the
// same run.
func BenchmarkThumbnails200(b *testing.B) {
	names := photographs(b)
	small := b.TempDir()
	for b.Loop() {
		var peak uint64
		var mu sync.Mutex
		ours := together(names, 2, func(name string) {
			if err := thumbToFile(name, filepath.Join(small, filepath.Base(name))); err != nil {
				b.Error(err)
			}
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			mu.Lock()
			peak = max(peak, m.Sys)
			mu.Unlock()
		})
		b.ReportMetric(ours.Seconds(), "ours-s")
		b.ReportMetric(float64(peak)/1e6, "ours-MB")
		convert := func(name string) []string {
			return []string{name, "-thumbnail", "320x320", filepath.Join(small, "im-"+filepath.Base(name))}
		}
		vips := func(name string) []string {
			return []string{name, "--size", "320x320", "-o", filepath.Join(small, "vips-%s.jpg")}
		}
		for _, c := range []struct {
			name, program string
			at            int
			args          func(string) []string
		}{
			{"convert-1", "convert", 1, convert}, {"convert-2", "convert", 2, convert},
			{"vips-1", "vipsthumbnail", 1, vips}, {"vips-2", "vipsthumbnail", 2, vips},
		} {
			if took := tool(b, names, c.at, c.program, c.args); took > 0 {
				b.ReportMetric(took.Seconds(), c.name+"-s")
				b.ReportMetric(took.Seconds()/ours.Seconds(), c.name+"/ours")
			}
		}
	}
}

func thumbToFile(from, to string) error {
	f, err := os.Open(from)
	if err != nil {
		return err
	}
	defer f.Close()
	p, err := picture.Thumbnail(f, 320)
	if err != nil {
		return err
	}
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	if err := jpeg.Encode(out, p, &jpeg.Options{Quality: 85}); err != nil {
		return err
	}
	return out.Close()
}
