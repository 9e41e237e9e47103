package app

import (
	"testing"

	"fayi/app/kit"
)

func TestWayForthAndBackKeepsPlaces(t *testing.T) {
	w := open(t, nil)
	home := w.last()
	home.kept = " 筛选"
	w.Navigate(kit.Route{Kind: "works", ID: "w1"})
	if w.Route().ID != "w1" || home.left != 1 || !w.shows("这里是 works") {
		t.Fatalf("at %v, left %d times", w.Route(), home.left)
	}
	w.Back()
	if w.last() == home || w.last().kept != " 筛选" || !w.shows("这里是 home 筛选") || w.last().loads != 1 {
		t.Errorf("back at %+v", w.last())
	}
	w.Back()
	if w.Route().Kind != "home" || len(w.made) != 3 {
		t.Error("going back at the first page did something")
	}
}

func TestSameRouteOnlyLoadsAgain(t *testing.T) {
	w := open(t, nil)
	w.Navigate(kit.Route{Kind: "home"})
	if len(w.made) != 1 || w.last().loads != 2 || len(w.trail.back) != 0 {
		t.Errorf("%d pages, %d loads", len(w.made), w.last().loads)
	}
}

func TestAnInstanceIsAPageOfItsOwn(t *testing.T) {
	w := open(t, nil)
	first := kit.Route{Kind: "works", Instance: w.NextInstance()}
	w.Navigate(first)
	w.last().kept = " 报告"
	w.Restart(kit.Route{Kind: "home"})
	second := kit.Route{Kind: "works", Instance: w.NextInstance()}
	w.Navigate(second)
	w.last().kept = " 第二份"
	w.Navigate(kit.Route{Kind: "works", Instance: w.NextInstance()})
	if w.last().kept != "" || w.Route().Instance != 3 || first == second {
		t.Errorf("at %+v the page knew %q", w.Route(), w.last().kept)
	}
	w.Back()
	if w.Route() != second || w.last().kept != " 第二份" {
		t.Errorf("back at %+v the page knew %q", w.Route(), w.last().kept)
	}
}

func TestRestartForgetsWhereOneWas(t *testing.T) {
	w := open(t, nil)
	w.last().kept = " 秘密"
	w.Navigate(kit.Route{Kind: "works"})
	w.Restart(kit.Route{Kind: "plain"})
	w.Back()
	if w.Route().Kind != "plain" {
		t.Errorf("back led to %v", w.Route())
	}
	w.Navigate(kit.Route{Kind: "home"})
	if w.last().kept != "" {
		t.Errorf("the page still knew %q", w.last().kept)
	}
}

func TestTrailIsBounded(t *testing.T) {
	w := open(t, nil)
	for i := range 3 * maxTrail {
		w.Navigate(kit.Route{Kind: []string{"works", "home"}[i%2]})
	}
	if n := len(w.trail.back); n != maxTrail {
		t.Errorf("%d routes kept", n)
	}
}

func TestUnknownRouteSaysSo(t *testing.T) {
	w := open(t, nil)
	w.Navigate(kit.Route{Kind: "gone"})
	if !w.shows("没有这一页") {
		t.Error("nothing is said")
	}
}
