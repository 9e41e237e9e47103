package scoring

import (
	"context"
	"path"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/media/play"
	"fayi/judging/office"
)

type filesOffice interface {
	Works(ctx context.Context, f office.WorkFilter) ([]judging.Work, error)
	FileFacts(ctx context.Context, id judging.WorkID) ([]judging.FileFacts, error)
}

// unheard is what judges miss at this computer.
type unheard struct {
	works  []judging.WorkCode // with a sound or film that does not play inside the window
	silent bool               // works have sounds, and there is no card to hear them
}

// findUnheard looks for what judges would miss with these programs; hears reports whether there is a card.
func findUnheard(ctx context.Context, o filesOffice, tools play.Tools, hears func() bool) (unheard, error) {
	var out unheard
	var err error
	if out.works, err = unplayable(ctx, o, tools); err != nil || hears() {
		return out, err
	}
	works, err := o.Works(ctx, office.WorkFilter{})
	out.silent = slices.ContainsFunc(works, func(w judging.Work) bool {
		return w.Status == judging.Accepted && slices.ContainsFunc(w.Files, sounds)
	})
	return out, err
}

// sounds reports whether judges are to hear a file.
func sounds(f judging.File) bool {
	kind := filetype.Kind(f.Kind)
	return !f.Aside && (kind == filetype.Audio || kind == filetype.Video)
}

// unplayable lists the works with a sound or film that these programs can't play inside the window.
func unplayable(ctx context.Context, o filesOffice, tools play.Tools) ([]judging.WorkCode, error) {
	if tools.FFmpeg != "" {
		return nil, nil
	}
	works, err := o.Works(ctx, office.WorkFilter{})
	if err != nil {
		return nil, err
	}
	var out []judging.WorkCode
	for _, w := range works {
		if w.Status != judging.Accepted {
			continue
		}
		mute, err := hasUnplayable(ctx, o, tools, w)
		if err != nil {
			return nil, err
		}
		if mute {
			out = append(out, w.Code)
		}
	}
	return out, nil
}

// hasUnplayable reports whether judges are to see or hear a file of a work that does not play. A file that was not
// measured yet is known by its name.
func hasUnplayable(ctx context.Context, o filesOffice, tools play.Tools, w judging.Work) (bool, error) {
	var facts []judging.FileFacts
	for i, f := range w.Files {
		if !sounds(f) {
			continue
		}
		if facts == nil {
			var err error
			if facts, err = o.FileFacts(ctx, w.ID); err != nil {
				return false, err
			}
		}
		format := filetype.FormatOf(strings.ToLower(strings.TrimPrefix(path.Ext(f.Name), ".")))
		if i < len(facts) && facts[i].Format != "" {
			format = facts[i].Format
		}
		if !tools.Plays(filetype.Kind(f.Kind), format) {
			return true, nil
		}
	}
	return false, nil
}

// shownCodes is how many works a notice names.
const shownCodes = 6

// unheardNotices tell the organiser, before the computer is handed over, what judges would miss on it.
func unheardNotices(sh kit.Shell, u unheard) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	if len(u.works) > 0 {
		out = append(out, unplayableNotice(sh, u.works))
	}
	if u.silent {
		out = append(out, status.NewNotice(
			kit.Notice{Tone: look.Waiting, Text: sh.T("progress.silent", nil)}, nil,
		))
	}
	return out
}

// unplayableNotice tells the organiser, before the computer is handed over, what judges could not play on it.
func unplayableNotice(sh kit.Shell, codes []judging.WorkCode) fyne.CanvasObject {
	var names []string
	for _, c := range codes[:min(len(codes), shownCodes)] {
		names = append(names, string(c))
	}
	list := strings.Join(names, sh.T("kit.comma", nil))
	if len(codes) > shownCodes {
		list += "…"
	}
	return status.NewNotice(kit.Notice{
		Tone: look.Waiting, Text: sh.T("progress.unplayable", judging.Args{"Count": len(codes), "Works": list}),
	}, nil)
}
