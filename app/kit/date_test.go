package kit_test

import (
	"testing"
	"time"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
)

func TestDates(t *testing.T) {
	sh := kittest.New(t)
	at := time.Date(2020, 5, 2, 9, 4, 0, 0, time.UTC)
	if got := kit.DateTime(sh, at) + "|" + kit.DateTime(sh, time.Time{}); got != "2020年5月2日 09:04|" {
		t.Errorf("got %q", got)
	}
	sh.Speak("en")
	if got := kit.DateTime(sh, at); got != "2020-05-02 09:04" {
		t.Errorf("got %q", got)
	}
}
