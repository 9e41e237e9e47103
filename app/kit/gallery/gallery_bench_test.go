package gallery_test

import (
	"fmt"
	"image"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"fayi/app/kit/gallery"
	"fayi/app/kit/kittest"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
)

// many is a gallery of n items that counts which pictures it is asked for.
func many(n int, asked map[int]int) *gallery.Gallery[int] {
	img := image.NewRGBA(image.Rect(0, 0, 320, 240))
	g := gallery.New(func(i int) string { return fmt.Sprint(i) }, func(i int) table.Cell {
		return table.Cell{
			Text: fmt.Sprintf("SF-%06d 法治中国", i),
		}
	},
		func(i int) (image.Image, fyne.Resource) { asked[i]++; return img, theme.FileImageIcon() })
	items := make([]int, n)
	for i := range items {
		items[i] = i
	}
	g.SetItems(items)
	return g
}

// TestAGalleryAsksOnlyForWhatIsInSight: of 100,000 pictures those on the screen are asked for, wherever one jumps to.
func TestAGalleryAsksOnlyForWhatIsInSight(t *testing.T) {
	sh := kittest.New(t)
	sh.Win.Resize(fyne.NewSize(1280, 720))
	asked := map[int]int{}
	g := many(100_000, asked)
	sh.Put(g)
	sight := int((1280/look.Em(11) + 1) * (720/look.Em(11) + 3))
	if len(asked) == 0 || len(asked) > sight {
		t.Errorf("%d pictures at first, %d fit", len(asked), sight)
	}
	for _, at := range []int{99_999, 50_000, 123, 77_777} {
		clear(asked)
		g.Select(fmt.Sprint(at))
		if _, ok := asked[at]; !ok || len(asked) > 2*sight { // where it was before, and where it is now
			t.Errorf("at %d: %d pictures, %d fit", at, len(asked), sight)
		}
	}
	clear(asked)
	g.Came("77777")
	if len(asked) != 1 || asked[77_777] == 0 {
		t.Errorf("a picture came, and %v were asked for", asked)
	}
	g.Came("5") // far out of sight
	g.Came("none")
	if len(asked) > 2 {
		t.Errorf("%v", asked)
	}
}

// BenchmarkGallery100k prints how long a jump anywhere among 100,000 works takes, and the longest one.
func BenchmarkGallery100k(b *testing.B) {
	sh := kittest.New(b)
	sh.Win.Resize(fyne.NewSize(1280, 720))
	g := many(100_000, map[int]int{})
	sh.Put(g)
	longest, at := time.Duration(0), 0
	for b.Loop() {
		for range 100 {
			at = (at + 37_511) % 100_000
			start := time.Now()
			g.Select(fmt.Sprint(at))
			longest = max(longest, time.Since(start))
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/100, "µs/jump")
	b.ReportMetric(float64(longest.Microseconds()), "µs-longest")
}
