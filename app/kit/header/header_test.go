package header_test

import (
	"slices"
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
