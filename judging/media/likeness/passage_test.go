package likeness_test

import (
	"bytes"
	"slices"
	"testing"

	"fayi/judging/media/likeness"
)

func FuzzPrints(f *testing.F) {
	d := likeness.PrintText("我陪他走到社区的法律服务站，值班的律师看过借条，问了借款的日子和数目。")
	text, err := d.MarshalBinary()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	picture, err := likeness.PrintImage(page(newAuthor(1).d)).MarshalBinary()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(picture)
	f.Fuzz(func(t *testing.T, data []byte) {
		var p likeness.PicturePrint
		if p.UnmarshalBinary(data) == nil {
			if again, err := p.MarshalBinary(); err != nil || !bytes.Equal(again, data) {
				t.Fatal("another picture's print")
			}
			if _, err := likeness.AlikePictures(t.Context(), []likeness.PicturePrint{p, p}, nil); err != nil {
				t.Fatal(err)
			}
		}
		var w likeness.TextPrint
		if w.UnmarshalBinary(data) == nil {
			if again, err := w.MarshalBinary(); err != nil || !bytes.Equal(again, data) {
				t.Fatal("another text's print")
			}
			if _, err := likeness.AlikeTexts(t.Context(), []likeness.TextPrint{w, w}, nil); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestCommonPassagesAreWholeWhateverTheSigns(t *testing.T) {
	a := "开头不同。我陪他走到社区的法律服务站，值班的律师看过借条！中间又不同，过了两个月老人高高兴兴地来找我。"
	b := "过了两个月，老人高高兴兴地来找我；后来，我陪他走到社区的法律服务站值班的律师看过借条"
	var got []string
	for _, p := range likeness.CommonPassages(a, b) {
		got = append(got, a[p.A[0]:p.A[1]]+"|"+b[p.B[0]:p.B[1]])
	}
	want := []string{"我陪他走到社区的法律服务站，值班的律师看过借条|我陪他走到社区的法律服务站值班的律师看过借条", "过了两个月老人高高兴兴地来找我|过了两个月，老人高高兴兴地来找我"}
	if !slices.Equal(got, want) {
		t.Fatalf("%q", got)
	}
}
