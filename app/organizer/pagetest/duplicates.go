package pagetest

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"fayi/judging/office"
	"fayi/judging/office/intake"
)

// Drawing is a picture of random dots of light, the same for the same seed; mirrored turns it around.
func Drawing(t *testing.T, seed uint64, w, h int, mirrored bool) []byte {
	t.Helper()
	d := rand.New(rand.NewPCG(seed, 1))
	var lamps [12][3]float64
	for i := range lamps {
		lamps[i] = [3]float64{d.Float64(), d.Float64(), 0.05 + d.Float64()/8}
	}
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			light := 20.0
			for i, l := range lamps {
				dx, dy := float64(x)/float64(w)-l[0], float64(y)/float64(h)-l[1]
				if dx*dx+dy*dy < l[2]*l[2] {
					light = float64(60 + 16*i)
				}
			}
			at := x
			if mirrored {
				at = w - 1 - x
			}
			img.Set(at, y, color.RGBA{uint8(light), uint8(light / 2), 90, 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 80}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const essayOne = "那天放学以后，我在街口看见一位老人坐在台阶上，手里攥着一张皱巴巴的借条，眼里满是无奈。他说钱借出去三年，邻居搬走了，电话也换了号码。\n" +
	"我陪他走到社区的法律服务站，值班的律师看过借条，问了借款的日子和数目，又教他怎样写起诉状，怎样申请法律援助。\n"

// WithCopies is a contest with two pictures of which one is the other mirrored, two essays with a paragraph in
// common and one author with two like titles.
func WithCopies(t *testing.T) *office.Office {
	t.Helper()
	o := NewContest(t)
	dir := filepath.Join(t.TempDir(), "来稿")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	Write(t, filepath.Join(dir, "表.csv"), []byte("作品名称,作者,类别,单位\n街灯,张一,摄影,一中\n夜色,李二,摄影,二中\n晨光,王三,摄影,三中\n"+
		"一张借条,赵四,征文,一中\n借条的故事,钱五,征文,文化馆\n宪法在心中,孙六,书法,一小\n《宪法在心中》,孙六,绘画,一小\n"))
	Write(t, filepath.Join(dir, "街灯.jpg"), Drawing(t, 1, 320, 240, false))
	Write(t, filepath.Join(dir, "夜色.jpg"), Drawing(t, 1, 200, 150, true))
	Write(t, filepath.Join(dir, "晨光.jpg"), Drawing(t, 2, 320, 240, false))
	Write(t, filepath.Join(dir, "一张借条.txt"), []byte(essayOne+"从那以后我才明白，书本上的条文并不遥远，它就在我们身边。"))
	Write(t, filepath.Join(dir, "借条的故事.txt"), []byte("今年春天，村里来了几位普法志愿者，他们带来了漫画和小戏，老人孩子都爱看。\n"+essayOne))
	if _, err := o.Intake().ImportWorks(t.Context(), intake.ImportRequest{Sources: []string{dir}}, nil); err != nil {
		t.Fatal(err)
	}
	return o
}
