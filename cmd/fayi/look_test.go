package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/cmd/fayi/probe"
	"fayi/judging"
)

// look is a language in a colour.
type appearance struct {
	name, lang string
	mode       look.Mode
}

var (
	looks = []appearance{
		{"zh-light", "zh-Hans", look.Light}, {"zh-dark", "zh-Hans", look.Dark}, {"en-dark", "en", look.Dark},
		{"en-light", "en", look.Light},
	}
	kitSizes = []look.TextSize{look.Large, look.Huge, look.Normal} // the last stays
)

// pages are all over a contest, in the order in which they are looked at, those that judges see after the others.
var pages = []kit.Route{
	{
		Kind: page.Start,
	}, {
		Kind: page.New,
	}, {
		Kind: page.Overview,
	}, {
		Kind: page.History,
	}, {
		Kind: page.Works,
	}, {
		Kind: page.Works,
		Tab:  "returned",
	}, {
		Kind: page.Import,
	},
	{
		Kind: page.Reconcile,
	}, {
		Kind: page.View,
	}, {
		Kind: page.Judges,
	}, {
		Kind: page.Assign,
	}, {
		Kind: page.Progress,
	}, {
		Kind: page.Results,
	},
	{
		Kind: page.Fairness,
	}, {
		Kind: page.Explain,
	}, {
		Kind: page.Severity,
	}, {
		Kind: page.Rules,
	}, {
		Kind: page.Board,
	}, {
		Kind: page.Notice,
	},
	{
		Kind: page.Disputes,
	}, {
		Kind: page.Compare,
	}, {
		Kind: page.Packets,
	}, {
		Kind: page.Clashes,
	}, {
		Kind: page.Blind,
	}, {
		Kind: page.Review,
	}, {
		Kind: page.Duplicates,
	},
	{Kind: page.Search}, {Kind: page.Settings}, {Kind: page.Reports}, {Kind: page.Certificates}, {Kind: page.Batches},
	{
		Kind: page.Verify,
	}, {
		Kind: page.Charts,
	}, {
		Kind: page.Rounds,
	}, {
		Kind: page.EditRules,
	}, {
		Kind: "help",
		ID:   page.Overview,
	},
}

// judgePages take the whole screen; the ID is a judge's.
var judgePages = []kit.Route{{Kind: page.HandOver}, {Kind: "seat", ID: "j001"}}

// lookAround measures each page of the contest: in both languages and colours on the smallest screen, once on
// larger ones and on one whose points are larger.
func lookAround(t *testing.T, s *screen, dir string) {
	t.Helper()
	pages := filled(t, dir)
	t.Run("1280×720", func(t *testing.T) {
		s.t = t
		p := s.start(dir)
		for _, l := range looks {
			p.tour(l, "-"+l.name, pages)
		}
		for _, l := range looks {
			p.tour(l, "-"+l.name, judgePages)
		}
	})
	for _, large := range []struct {
		width, height int
		scale         string
		look          appearance
	}{{1366, 768, "1", looks[3]}, {1920, 1080, "1", looks[0]}, {1920, 1080, "1.5", looks[1]}} {
		name := fmt.Sprintf("%d×%d at %s", large.width, large.height, large.scale)
		t.Run(name, func(t *testing.T) {
			t.Setenv("FYNE_SCALE", large.scale)
			p := newScreenOf(t, large.width, large.height, t.TempDir()).start(dir)
			if p.view.Scale < 1.5 && large.scale == "1.5" {
				t.Fatalf("the scale is %g", p.view.Scale)
			}
			p.tour(large.look, "-"+name, slices.Concat(pages, judgePages))
		})
	}
}

// filled gives the pages over one work a work that was placed.
func filled(t *testing.T, dir string) []kit.Route {
	t.Helper()
	o := reopen(t, dir)
	defer o.Close()
	places := must[[]judging.Placing](t)(o.Results().Rank(t.Context()))
	out := slices.Clone(pages)
	for i, r := range out {
		if r.Kind == page.Explain || r.Kind == page.View {
			out[i].ID = string(places[0].Work)
		}
	}
	return out
}

// tour shows each page in a look, measures it and keeps a picture of it.
func (p *program) tour(l appearance, suffix string, pages []kit.Route) {
	p.s.t.Helper()
	p.wish(probe.Wish{Lang: l.lang, Mode: l.mode})
	for _, r := range pages {
		p.wish(probe.Wish{Go: &r})
		p.settle()
		if p.view.Route != r || p.view.Over {
			p.s.t.Errorf("instead of %v in %s stands %s; picture %s", r, l.name, shown(p.view), p.s.shot())
		}
		p.s.keep(strings.Trim(r.Kind+"-"+r.Tab, "- ") + suffix)
	}
}

// looks measures the page that is shown in every look, and in the first of them in some type sizes.
func (p *program) looks(name string, sizes ...look.TextSize) {
	p.s.t.Helper()
	for _, l := range append(slices.Clone(looks), looks[0]) {
		p.wish(probe.Wish{Lang: l.lang, Mode: l.mode})
		p.settle()
		p.s.keep(name + "-" + l.name)
	}
	for _, size := range sizes {
		p.wish(probe.Wish{Size: size})
		p.settle()
		p.s.keep(name + "-" + string(size))
	}
}
