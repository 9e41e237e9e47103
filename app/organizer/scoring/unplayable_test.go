package scoring

import (
	"context"
	"testing"

	"fayi/app/kit/kittest"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
	"fayi/judging/media/play"
	"fayi/judging/office"
)

// shelves are works with files of which some were measured.
type shelves struct {
	works []judging.Work
	facts map[judging.WorkID][]judging.FileFacts
}

func (s shelves) Works(context.Context, office.WorkFilter) ([]judging.Work, error) {
	return s.works, nil
}

func (s shelves) FileFacts(_ context.Context, id judging.WorkID) ([]judging.FileFacts, error) {
	return s.facts[id], nil
}

func TestWhatThisComputerCannotPlayIsListed(t *testing.T) {
	work := func(id, kind, name string) judging.Work {
		return judging.Work{ID: judging.WorkID(id), Code: judging.WorkCode("C-" + id), Status: judging.Accepted,
			Files: []judging.File{{Kind: kind, Name: name}}}
	}
	returned, aside := work("6", "video", "f.mp4"), work("7", "video", "g.mp4")
	returned.Status, aside.Files[0].Aside = judging.Returned, true
	s := shelves{works: []judging.Work{
		work("1", "video", "a.mp4"), work("2", "audio", "b.mp3"), work("3", "audio", "c.m4a"),
		work("4", "picture", "d.jpg"), work("5", "audio", "e.mp3"), returned, aside,
	}, facts: map[judging.WorkID][]judging.FileFacts{"5": {{Kind: "audio", Format: "aac"}}}}
	got, err := unplayable(t.Context(), s, play.Tools{})
	if err != nil || len(got) != 3 || got[0] != "C-1" || got[1] != "C-3" || got[2] != "C-5" {
		t.Errorf("%v %v", got, err)
	}
	if got, err := unplayable(t.Context(), s, play.Tools{FFmpeg: "ffmpeg"}); err != nil || len(got) > 0 {
		t.Errorf("with ffmpeg: %v %v", got, err)
	}
	for _, card := range []bool{true, false} {
		u, err := findUnheard(t.Context(), s, play.Tools{FFmpeg: "ffmpeg"}, func() bool { return card })
		if err != nil || u.silent == card || len(u.works) > 0 {
			t.Errorf("card %v: %+v %v", card, u, err)
		}
	}
	s.works = []judging.Work{work("4", "picture", "d.jpg"), returned, aside}
	if u, err := findUnheard(t.Context(), s, play.Tools{}, func() bool { return false }); err != nil || u.silent {
		t.Errorf("nothing to hear, and still: %+v %v", u, err)
	}
}

func TestTheOrganiserIsToldBeforeHandingOver(t *testing.T) {
	_, p, root := openProgress(t, pagetest.AtWork(t))
	if kittest.Shows(root, "ffmpeg") {
		t.Error("a contest of pictures asks for ffmpeg")
	}
	p.mute.silent = true
	p.mute.works = []judging.WorkCode{"WS-1", "WS-2", "WS-3", "WS-4", "WS-5", "WS-6", "WS-7"}
	p.show()
	for _, want := range []string{"没有 ffmpeg", "7 件作品", "WS-6…", "没有能用的声音设备"} {
		if !kittest.Shows(root, want) {
			t.Errorf("%q is not shown: %q", want, kittest.Texts(root))
		}
	}
}
