package main

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"slices"
	"strings"
	"testing"

	"fayi/cmd/fayi/probe"
	"fayi/judging"
)

// TestTenWorksAreScoredByKeysConfirmedAndRanked drives the real program: a judge scores ten works with keys only;
// in the middle of it the program is killed and started again; the list is looked over and confirmed; the
// organiser's ranking holds all of it. The judge proves to be here by PIN, the organiser takes the computer back by
// password.
func TestTenWorksAreScoredByKeysConfirmedAndRanked(t *testing.T) {
	const works, pin, password = 10, "246813", "autumn rain"
	s := newScreen(t)
	dir := exhibition(t, works, plainPicture)
	lock(t, dir, pin, password)

	app := s.start(dir)
	app.openDesk(pin)
	for i := range works / 2 {
		app.score(marksOf(i))
	}
	app.kill()

	app = s.start(dir)
	app.openDesk(pin)
	for i := works / 2; i < works; i++ {
		app.score(marksOf(i))
	}
	app.press("核对并提交")
	app.press("提交评分")
	app.fill("您的个人密码", pin)
	app.press("我已核对，提交后不再修改")
	app.press("提交评分")
	app.press("交还电脑")
	app.at("评委评分")
	app.press("组织者…")
	s.xdotool("type", "winter rain")
	app.keys("Return")
	if !app.view.Over {
		t.Error("a wrong password gave the computer back")
	}
	app.fill("组织者密码", password)
	app.wait("the organiser's page, after the second that a wrong password costs", func(v probe.View) bool {
		if v.Over && !v.Busy {
			app.keys("Return")
		}
		return strings.HasPrefix(v.Title, "评分")
	})
	app.settle()
	app.close()

	o := reopen(t, dir)
	defer o.Close()
	d, err := o.Scoring().Desk("j001").Duties(t.Context())
	if err != nil || !d.Submitted {
		t.Fatalf("submitted %v, %v", d.Submitted, err)
	}
	var scored, ranked []float64
	for i, w := range d.Works {
		want := 0.0
		for _, m := range marksOf(i) {
			want += float64(m)
		}
		if w.State != judging.Scored || w.Total != want {
			t.Errorf("work %d is %s with %g, want %g", i+1, w.State, w.Total, want)
		}
		scored = append(scored, w.Total)
	}
	places, err := o.Results().Rank(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range places {
		ranked = append(ranked, p.Official)
	}
	slices.Sort(scored)
	slices.Sort(ranked)
	if len(scored) != works || !slices.Equal(scored, ranked) {
		t.Errorf("scored %v, ranked %v", scored, ranked)
	}
	if check, err := o.CheckContest(t.Context(), "", nil); err != nil || !check.OK {
		t.Fatalf("%+v %v", check, err)
	}
}

// lock gives the judge a PIN and the organiser a password.
func lock(t *testing.T, dir, pin, password string) {
	t.Helper()
	o := reopen(t, dir)
	defer o.Close()
	if _, err := o.Secrets().SetPIN(t.Context(), "j001", pin); err != nil {
		t.Fatal(err)
	}
	if err := o.Secrets().SetPassword(t.Context(), password); err != nil {
		t.Fatal(err)
	}
}

// marksOf are the five marks of the i-th work, each of two digits.
func marksOf(i int) []int { return []int{10 + i, 15, 20, 10, 11} }

// plainPicture is a small picture of its own colour.
func plainPicture(i int) []byte {
	img := image.NewRGBA(image.Rect(0, 0, 640, 480))
	for k := range img.Pix {
		img.Pix[k] = 200
	}
	for y := range 300 {
		for x := range 100 + 30*i {
			img.Set(x, y, color.RGBA{uint8(20 * i), uint8(y % 200), uint8(x % 200), 255})
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, nil); err != nil {
		panic(err)
	}
	return out.Bytes()
}
