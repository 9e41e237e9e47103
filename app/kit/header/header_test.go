package header_test

import (
	"slices"
	"strings"
	"testing"

	"fayi/app/kit/button"
	"fayi/app/kit/header"
	"fayi/app/kit/kittest"
)

func TestHeaderShowsTitleCountAndWayBack(t *testing.T) {
	sh := kittest.New(t)
	h := header.New("作品", button.NewPrimary("导入作品", func() { sh.Reload() })).WithBack(sh.Back)
	root := sh.Put(h)
	h.SetCount("640 件")
	h.SetTitle("全部作品")
	if got := kittest.Texts(root); !slices.Equal(got, []string{"全部作品", "640 件", "导入作品"}) {
		t.Errorf("shown %q", got)
	}
	kittest.Tap(t, root, "导入作品")
	kittest.All[*button.Button](root)[0].Tapped(nil)
	if sh.Loads != 1 || sh.Backs != 1 {
		t.Errorf("%d acts, %d ways back", sh.Loads, sh.Backs)
	}
}

// A contest has a long name, and who holds it another one: what has no room any more is not shown beyond the edge.
func TestACountWithoutRoomIsNotShownBeyondTheEdge(t *testing.T) {
	sh := kittest.New(t)
	h := header.New(strings.Repeat("法治文化作品征集评选展演活动", 8))
	root := sh.Put(h)
	h.SetCount("某某县全面依法治县委员会")
	if faults := kittest.Faults(sh.Win); len(faults) > 0 {
		t.Error(faults)
	}
	h.SetTitle("作品")
	if got := kittest.Texts(root); !slices.Contains(got, "某某县全面依法治县委员会") {
		t.Errorf("shown %q", got)
	}
}
