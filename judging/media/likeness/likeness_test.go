package likeness_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/image/draw"

	"fayi/internal/measure"
	"fayi/judging/media/likeness"
	"fayi/judging/media/picture"
	"fayi/judging/sample"
)

// samplePictures are the pictures of the bundled sample, as calligraphy on blank paper, papercuts and photographs,
// made once.
var samplePictures = sync.OnceValues(func() ([]image.Image, error) {
	dir, err := os.MkdirTemp("", "fayi-sample")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if _, err := sample.Write(dir, 5); err != nil {
		return nil, err
	}
	var out []image.Image
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !slices.Contains([]string{".jpg", ".png"}, strings.ToLower(filepath.Ext(path))) {
			return err
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		p, err := picture.Thumbnail(f, 256)
		if err == nil {
			out = append(out, p)
		}
		return err
	})
	return out, err
})

// page is a typed page: the worst there is to tell from another, being lines of grey between white edges.
func page(d *rand.Rand) image.Image {
	p := image.NewRGBA(image.Rect(0, 0, 420, 594))
	draw.Draw(p, p.Rect, image.White, image.Point{}, draw.Src)
	for line := 50; line < 540; line += 14 {
		end := 370
		if d.IntN(5) == 0 {
			end = 60 + d.IntN(300)
		}
		for x := 50; x < end; x += 9 {
			for range 14 {
				p.Set(x+d.IntN(8), line+d.IntN(8), color.Gray{40})
			}
		}
	}
	return p
}

// manyPictures are 140 pictures of the sample and 30 typed pages.
func manyPictures(t testing.TB) (drawn, pages []image.Image) {
	t.Helper()
	all, err := samplePictures()
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(all); i += 3 {
		drawn = append(drawn, all[i])
	}
	d := rand.New(rand.NewPCG(3, 4))
	for range 30 {
		pages = append(pages, page(d))
	}
	return drawn, pages
}

func scaled(p image.Image, w, h int) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, max(w, 1), max(h, 1)))
	draw.CatmullRom.Scale(out, out.Rect, p, p.Bounds(), draw.Src, nil)
	return out
}

func compressed(t testing.TB, p image.Image, quality int) image.Image {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, p, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	out, err := jpeg.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// cropped cuts off up to part of each edge.
func cropped(d *rand.Rand, p image.Image, part float64) image.Image {
	b := p.Bounds()
	off := func(n int) int { return int(d.Float64() * part * float64(n)) }
	r := image.Rect(b.Min.X+off(b.Dx()), b.Min.Y+off(b.Dy()), b.Max.X-off(b.Dx()), b.Max.Y-off(b.Dy()))
	out := image.NewRGBA(image.Rect(0, 0, r.Dx(), r.Dy()))
	draw.Draw(out, out.Rect, p, r.Min, draw.Src)
	return out
}

// dotted makes each pixel of p from the one that at names.
func dotted(p image.Image, w, h int, at func(x, y int) color.Color) image.Image {
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			out.Set(x, y, at(x, y))
		}
	}
	return out
}

func mirrored(p image.Image) image.Image {
	b := p.Bounds()
	return dotted(p, b.Dx(), b.Dy(), func(x, y int) color.Color { return p.At(b.Max.X-1-x, b.Min.Y+y) })
}

func quarter(p image.Image) image.Image {
	b := p.Bounds()
	return dotted(p, b.Dy(), b.Dx(), func(x, y int) color.Color { return p.At(b.Min.X+y, b.Max.Y-1-x) })
}

// lit makes p brighter by gamma below 1, or darker, and its contrast weaker.
func lit(p image.Image, gamma, contrast, add float64) image.Image {
	b := p.Bounds()
	var tones [256]uint8
	for v := range tones {
		tones[v] = uint8(min(max(255*(contrast*math.Pow(float64(v)/255, gamma)+add), 0), 255))
	}
	tone := func(v uint32) uint8 { return tones[v>>8] }
	return dotted(p, b.Dx(), b.Dy(), func(x, y int) color.Color {
		r, g, bl, _ := p.At(b.Min.X+x, b.Min.Y+y).RGBA()
		return color.RGBA{tone(r), tone(g), tone(bl), 255}
	})
}

// pictureChanges are what is done to pictures, and how many in a hundred must be found again.
var pictureChanges = []struct {
	name  string
	least float64
	do    func(t testing.TB, d *rand.Rand, p image.Image) image.Image
}{
	{"resized to 40 %", 0.99, func(_ testing.TB, _ *rand.Rand, p image.Image) image.Image {
		return scaled(p, p.Bounds().Dx()*2/5, p.Bounds().Dy()*2/5)
	}},
	{
		"jpeg quality 40", 0.99,
		func(t testing.TB, _ *rand.Rand, p image.Image) image.Image { return compressed(t, p, 40) },
	},
	{"jpeg quality 10, 200 pixels", 0.98, func(t testing.TB, _ *rand.Rand, p image.Image) image.Image {
		return compressed(t, scaled(p, 200, 200*p.Bounds().Dy()/p.Bounds().Dx()), 10)
	}},
	{
		"cropped up to 4 %", 0.98,
		func(_ testing.TB, d *rand.Rand, p image.Image) image.Image { return cropped(d, p, 0.04) },
	},
	{
		"cropped up to 8 %", 0.95,
		func(_ testing.TB, d *rand.Rand, p image.Image) image.Image { return cropped(d, p, 0.08) },
	},
	{"mirrored", 0.99, func(_ testing.TB, _ *rand.Rand, p image.Image) image.Image { return mirrored(p) }},
	{"mirrored, cropped, jpeg 40", 0.95, func(t testing.TB, d *rand.Rand, p image.Image) image.Image {
		return compressed(t, mirrored(cropped(d, p, 0.08)), 40)
	}},
	{"a quarter turn", 0.99, func(_ testing.TB, _ *rand.Rand, p image.Image) image.Image { return quarter(p) }},
	{"brighter", 0.98, func(_ testing.TB, _ *rand.Rand, p image.Image) image.Image { return lit(p, 0.7, 0.9, 0.05) }},
	{"darker", 0.98, func(_ testing.TB, _ *rand.Rand, p image.Image) image.Image { return lit(p, 1.4, 0.8, 0) }},
}

func printsOf(all []image.Image) []likeness.PicturePrint {
	out := make([]likeness.PicturePrint, len(all))
	for i, p := range all {
		out[i] = likeness.PrintImage(p)
	}
	return out
}

// TestRecallAndFalseAlarmsOfPictures prints how many changed copies are found again among all pictures, and how
// many pairs that have nothing to do with each other are taken for copies. Typed pages are among those that could
// be taken for each other; a cropped one is no picture that one could find again.
func TestRecallAndFalseAlarmsOfPictures(t *testing.T) {
	drawn, pages := manyPictures(t)
	own := append(printsOf(drawn), printsOf(pages)...)
	n := len(own)
	for _, c := range pictureChanges {
		d := rand.New(rand.NewPCG(1, 2))
		both := slices.Clone(own)
		for _, p := range drawn {
			both = append(both, likeness.PrintImage(c.do(t, d, p)))
		}
		found, err := likeness.AlikePictures(t.Context(), both, nil)
		if err != nil {
			t.Fatal(err)
		}
		hits, wrong, low := 0, 0, 1.0
		for _, l := range found {
			if l.B-l.A != n {
				wrong++
				continue
			}
			hits++
			low = min(low, l.Share)
		}
		recall := float64(hits) / float64(len(drawn))
		t.Logf(
			"%-28s recall %.3f (lowest likeness %.2f), %d false alarms in %d pairs", c.name, recall, low, wrong,
			len(both)*(len(both)-1)/2-n,
		)
		if recall < c.least || wrong > 1 {
			t.Errorf("%s: recall %.3f, want %.2f; %d false alarms, want at most 1", c.name, recall, c.least, wrong)
		}
	}
}

// BenchmarkAlikePictures compares 100,000 prints with each other, with one copy in a thousand, mirrored and cropped
// by up to 6 % at each edge. Their results are given at sketch.
func BenchmarkAlikePictures(b *testing.B) {
	const copies = 100
	many := measure.Works(100_000)
	prints := make([]likeness.PicturePrint, many)
	start := time.Now()
	var all sync.WaitGroup
	for half := range 2 {
		all.Go(func() {
			for i := half; i < many; i += 2 {
				d := rand.New(rand.NewPCG(8, uint64(i%(many-copies))))
				p := sketch(d)
				if i >= many-copies {
					prints[i] = likeness.PrintImage(cropped(d, mirrored(p), 0.06))
				} else {
					prints[i] = likeness.PrintImage(p)
				}
			}
		})
	}
	all.Wait()
	printed := time.Since(start)
	before := measure.Processor()
	for b.Loop() {
		start := time.Now()
		found, err := likeness.AlikePictures(b.Context(), prints, nil)
		took := time.Since(start)
		if err != nil {
			b.Fatal(err)
		}
		hits := 0
		for _, l := range found {
			if l.B-l.A == many-copies {
				hits++
			}
		}
		fmt.Printf(
			"%d prints: taken from small pictures in %.1f s, compared in %.1f s (limit: 10 s), %d of %d "+
				"mirrored and cropped copies found, %d false alarms\n",
			many, printed.Seconds(),
			took.Seconds(),
			hits,
			copies,
			len(found)-hits,
		)
		if hits < copies*9/10 {
			b.Errorf("%d found", hits)
		}
	}
	b.ReportMetric(float64((measure.Processor()-before).Microseconds())/1000/float64(b.N), "processor-ms/op")
}

// sketch is a small picture as people send them: half photographs, then paintings and posters, calligraphy on
// paper, and papercuts that are the same on both sides. Photographs are dead leaves: discs of all sizes, one in
// front of the other, which have the statistics of views of the world.
func sketch(d *rand.Rand) *image.RGBA {
	const w, h = 64, 48
	p := &sketchbook{RGBA: image.NewRGBA(image.Rect(0, 0, w, h)), d: d}
	switch kind := d.IntN(10); {
	case kind < 5:
		p.ground(d.IntN(256), d.IntN(256))
		p.leaves(150, 0, w, 0, h)
	case kind < 7: // a painting or poster: a field, things in it, a line of signs
		p.ground(120+d.IntN(136), 120+d.IntN(136))
		p.leaves(5+d.IntN(20), 0, w, 4, h-4)
		p.signs(5+d.Float64()*30, 2+d.Float64()*8, 1, 3+d.IntN(6), 6)
	case kind < 9: // calligraphy: columns of signs
		p.ground(210+d.IntN(40), 210+d.IntN(40))
		size := 4 + d.Float64()*14
		left, top := 2+d.Float64()*6, 2+d.Float64()*6
		p.signs(left, top, int((w-2*left)/size), int((h-2*top)/size), size)
	default:
		p.ground(200+d.IntN(50), 200+d.IntN(50))
		p.blot(w/2, h/2, w*(0.25+d.Float64()*0.25), h*(0.25+d.Float64()*0.25), 60)
		p.leaves(20+d.IntN(20), w*0.15, w/2, h*0.1, h*0.9)
		for y := range h {
			for x := range w / 2 {
				p.SetRGBA(w-1-x, y, p.RGBAAt(x, y))
			}
		}
	}
	return p.RGBA
}

type sketchbook struct {
	*image.RGBA
	d *rand.Rand
}

// ground shades all of it from one grey above to another below.
func (p *sketchbook) ground(above, below int) {
	for y := range p.Rect.Max.Y {
		v := uint8(above + (below-above)*y/p.Rect.Max.Y)
		for x := range p.Rect.Max.X {
			p.SetRGBA(x, y, color.RGBA{v, v, v, 255})
		}
	}
}

// leaves lays n discs into an area; of half the size there are four times as many.
func (p *sketchbook) leaves(n int, left, right, top, bottom float64) {
	for range n {
		r := 1.5 / math.Sqrt(p.d.Float64()+0.005)
		p.blot(
			left+p.d.Float64()*(right-left), top+p.d.Float64()*(bottom-top), r*(0.6+p.d.Float64()), r,
			uint8(p.d.IntN(256)),
		)
	}
}

// signs writes columns of signs of five strokes.
func (p *sketchbook) signs(left, top float64, columns, rows int, size float64) {
	for c := range columns {
		for r := range rows {
			for range 5 {
				x, y := left+(float64(c)+p.d.Float64()*0.8)*size, top+(float64(r)+p.d.Float64()*0.8)*size
				p.blot(x, y, size*(0.08+p.d.Float64()*0.25), size*(0.08+p.d.Float64()*0.2), 30)
			}
		}
	}
}

func (p *sketchbook) blot(x, y, rx, ry float64, v uint8) {
	for py := max(int(y-ry), 0); py <= min(int(y+ry), p.Rect.Max.Y-1); py++ {
		for px := max(int(x-rx), 0); px <= min(int(x+rx), p.Rect.Max.X-1); px++ {
			if dx, dy := (float64(px)-x)/rx, (float64(py)-y)/ry; dx*dx+dy*dy <= 1 {
				p.SetRGBA(px, py, color.RGBA{v, v, v, 255})
			}
		}
	}
}
