package diploma

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"fayi/judging"
)

var key = Key{Contest: "0123456789abcdef", Secret: []byte("sixteen secret b")}

func seriesOf(t testing.TB) Series {
	return Series{Contest: "2020年法治文化作品征集活动", Host: "示例县司法局", Date: "2020年5月12日", Made: made, Words: words(t)}
}

// certificatesOf makes n certificates of different people and works.
func certificatesOf(n int) []Certificate {
	names := []string{"张三", "欧阳小雨", "王𠅤", "李㛃䶮", "阿依古丽·买买提"}
	var out []Certificate
	for i := range n {
		c := Certificate{
			Number:   fmt.Sprintf("〔2020〕第%04d号", i+1),
			Award:    []string{"一等奖", "二等奖", "优秀奖"}[i%3],
			Author:   names[i%5] + fmt.Sprint(i),
			Title:    fmt.Sprintf("宪法在我心中之%d", i),
			Category: "书法",
			Unit:     "示例县实验小学",
			Teacher:  "赵老师",
		}
		c.Code = key.Code(c)
		out = append(out, c)
	}
	return out
}

func template(t testing.TB) Template {
	t.Helper()
	out, err := ReadTemplate(Bundled(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestACertificateNamesItsWinner(t *testing.T) {
	list := certificatesOf(5)
	list[4].Title = strings.Repeat("《中华人民共和国民法典》总则编ABC第一章，", 9)
	list = append(list, Certificate{
		Number: "〔2020〕第0006号",
		Author: "示例县实验小学",
		Award:  "优秀组织奖",
		Code:   "0000-0000-0000-0000",
	})
	s := seriesOf(t)
	s.Proof = true
	var b bytes.Buffer
	if err := Certificates(&b, template(t), s, list); err != nil {
		t.Fatal(err)
	}
	pages := strings.Split(read(t, keep(t, "certificates.pdf", b.Bytes())), "\f")
	for i, c := range list {
		for _, want := range []string{c.Number, c.Award, c.Author, c.Code, "示例县司法局", "2020年5月12日"} {
			if !strings.Contains(tight(pages[i]), tight(want)) {
				t.Errorf("certificate %d lacks %q:\n%s", i, want, pages[i])
			}
		}
	}
	if strings.Contains(pages[5], "指导教师") || strings.Contains(pages[5], "您创作的") {
		t.Errorf("what is empty is printed:\n%s", pages[5])
	}
	if strings.Count(tight(pages[4]), "〈中华人民共和国民法典〉总则编ABC第一章") != 9 {
		t.Errorf("a title of 200 characters is cut:\n%s", pages[4])
	}
}

func TestCharactersWithoutAShapeAreToldBeforePrinting(t *testing.T) {
	got, err := Lacking([]string{"王𠅤㛃䶮", "张三", "李𡋾", ""})
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 || got["李𡋾"] != "𡋾" {
		t.Errorf("lacking: %v", got)
	}
}

func TestACodeHoldsForItsCertificateOnly(t *testing.T) {
	c := certificatesOf(1)[0]
	if !key.Holds(c, c.Code) || !key.Holds(c, strings.ToLower(strings.ReplaceAll(c.Code, "-", " "))) ||
		!key.Holds(c, strings.ReplaceAll(c.Code, "0", "O")) {
		t.Error("the right code is refused")
	}
	for what, change := range map[string]func(*Certificate){
		"number": func(c *Certificate) { c.Number += "1" }, "author": func(c *Certificate) { c.Author = "李四" },
		"award": func(c *Certificate) { c.Award = "特等奖" }, "title": func(c *Certificate) { c.Title = "别的" }} {
		other := c
		change(&other)
		if key.Holds(other, c.Code) {
			t.Errorf("another %s passes", what)
		}
	}
	if (Key{
		Contest: "ffff",
		Secret:  key.Secret,
	}).Holds(c, c.Code) || (Key{key.Contest, []byte("another")}).Holds(c, c.Code) || key.Holds(c, "") {
		t.Error("another contest's code passes")
	}
}

func pictureOf(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = uint8(i / 7)
	}
	img.Set(0, 0, color.Transparent)
	return img
}

func TestABackgroundIsSharedByAllPages(t *testing.T) {
	var raw, shot bytes.Buffer
	if err := png.Encode(&raw, pictureOf(3000, 2000)); err != nil {
		t.Fatal(err)
	}
	if err := jpeg.Encode(&shot, pictureOf(400, 300), nil); err != nil {
		t.Fatal(err)
	}
	text := "background = \"b\"\n" + string(Bundled())
	for _, file := range [][]byte{raw.Bytes(), shot.Bytes()} {
		tmpl, err := ReadTemplate([]byte(text), func(string) ([]byte, error) { return file, nil })
		if err != nil {
			t.Fatal(err)
		}
		var one, ten bytes.Buffer
		if err := Certificates(&one, tmpl, seriesOf(t), certificatesOf(1)); err != nil {
			t.Fatal(err)
		}
		if err := Certificates(&ten, tmpl, seriesOf(t), certificatesOf(10)); err != nil {
			t.Fatal(err)
		}
		if ten.Len() > one.Len()+9*6000 {
			t.Errorf("one: %d bytes, ten: %d", one.Len(), ten.Len())
		}
	}
}

func TestABadTemplateIsToldNotDrawn(t *testing.T) {
	for name, c := range map[string]struct{ text, key string }{
		"no toml": {"<html>", "diploma.template_unreadable"},
		"typo":    {"nmae = 'x'", "diploma.template_unknown"},
		"no text": {"name = 'x'", "diploma.template_texts"},
		"off page": {"[[text]]\ntext='a'\nx=290.0\ny=1.0\nwidth=20.0\nheight=5.0\nsize=12.0",
			"diploma.template_outside"},
		"nan": {"[[text]]\ntext='a'\nx=nan\ny=1.0\nwidth=20.0\nheight=5.0\nsize=12.0",
			"diploma.template_outside"},
		"tiny type": {"[[text]]\ntext='a'\nx=2.0\ny=1.0\nwidth=20.0\nheight=5.0\nsize=1.0", "diploma.template_size"},
		"colour": {"[[text]]\ntext='a'\nx=2.0\ny=1.0\nwidth=20.0\nheight=5.0\nsize=12.0\ncolour='red'",
			"diploma.template_looks"},
		"field": {"[[text]]\ntext='{phone}'\nx=2.0\ny=1.0\nwidth=20.0\nheight=5.0\nsize=12.0",
			"diploma.template_field"},
		"background": {"background='../b.png'\n" + string(Bundled()), "diploma.background_unreadable"},
		"no picture": {"background='b.png'\n" + string(Bundled()), "diploma.background_unreadable"},
	} {
		open := func(string) ([]byte, error) { return []byte("no picture"), nil }
		if name == "background" {
			open = nil
		}
		_, err := ReadTemplate([]byte(c.text), open)
		if told, ok := err.(*judging.Error); !ok || told.Text != c.key || told.Code != judging.Invalid {
			t.Errorf("%s: %v, want %s", name, err, c.key)
		}
	}
}

// BenchmarkCertificates1000 prints a thousand certificates into one file, each with its own names and QR code, and
// one alone.
func BenchmarkCertificates1000(b *testing.B) {
	tmpl, s, list := template(b), seriesOf(b), certificatesOf(1000)
	for b.Loop() {
		var all, one bytes.Buffer
		if err := Certificates(&all, tmpl, s, list); err != nil {
			b.Fatal(err)
		}
		if err := Certificates(&one, tmpl, s, list[:1]); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(all.Len())/1e6, "MB/1000")
		b.ReportMetric(float64(one.Len())/1e3, "KB/1")
	}
}

// FuzzReadTemplate wants a template that prints, or a judging error, of any bytes.
func FuzzReadTemplate(f *testing.F) {
	f.Add(string(Bundled()))
	f.Add("background = 'b'\n" + string(Bundled()))
	f.Add("[[text]]\ntext='{author'\nx=1e308\ny=1.0\nwidth=inf\nheight=5.0\nsize=12.0")
	f.Add("[[text]]\ntext='a'\nx=0.0\ny=0.0\nwidth=0.001\nheight=0.001\nsize=120.0")
	f.Fuzz(func(t *testing.T, text string) {
		tmpl, err := ReadTemplate([]byte(text), func(string) ([]byte, error) { return []byte(text), nil })
		if err != nil {
			if judging.CodeOf(err) != judging.Invalid {
				t.Error(err)
			}
			return
		}
		var b bytes.Buffer
		if err := Certificates(&b, tmpl, seriesOf(t), certificatesOf(1)); err != nil {
			t.Error(err)
		}
	})
}
