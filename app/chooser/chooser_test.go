package chooser_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fayi/app/chooser"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/assets/plaintest"
	"fayi/judging"
)

// folder makes a home with what a folder of a unit may hold.
func folder(t *testing.T) (home, dir string) {
	t.Helper()
	home = t.TempDir()
	dir = filepath.Join(home, "来稿")
	for _, d := range []string{dir, filepath.Join(dir, "图片"), filepath.Join(dir, ".git"), filepath.Join(home, "文档")} {
		if err := os.MkdirAll(d, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	at := time.Date(2026, 5, 12, 9, 30, 0, 0, time.Local)
	for name, size := range map[string]int{
		"作品10.xlsx": 2000, "作品2.xlsx": 3 << 20, ".隐藏.xlsx": 1, "~$作品2.xlsx": 1, "说明.txt": 10, "安.xlsx": 1,
		"大写.XLSX": 1,
	} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, make([]byte, size), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
	return home, dir
}

func show(t *testing.T, a chooser.Ask) (*chooser.Chooser, fyne.CanvasObject) {
	t.Helper()
	sh := kittest.New(t)
	c := chooser.New(sh, a, fyne.NewSize(700, 400))
	return c, sh.Put(c)
}

func TestAListIsInTheOrderOfPeople(t *testing.T) {
	_, dir := folder(t)
	list, err := chooser.Read(dir, []string{".xlsx"})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, i := range list.Items {
		names = append(names, i.Name)
	}
	want := []string{"图片", "安.xlsx", "大写.XLSX", "作品2.xlsx", "作品10.xlsx"}
	if !slices.Equal(names, want) || list.Others != 1 {
		t.Errorf("%q and %d others, want %q and 1", names, list.Others, want)
	}
	if all, err := chooser.Read(dir, nil); err != nil || len(all.Items) != 6 || all.Others != 0 {
		t.Errorf("%+v %v", all, err)
	}
	if _, err := chooser.Read(filepath.Join(dir, "没有"), nil); err == nil {
		t.Error("a folder that is not there was read")
	}
}

func TestAListShowsDatesAndSizesInChinese(t *testing.T) {
	home, dir := folder(t)
	_, root := show(t, chooser.Ask{Kind: chooser.File, Dir: dir, Home: home, Exts: []string{".xlsx"}})
	for _, want := range []string{"2026年5月12日 09:30", "3 MB", "2 KB", "文件夹", "修改时间", "文档", "只列出 .xlsx 文件，另有 1 个"} {
		if !kittest.Shows(root, want) {
			t.Errorf("no %q in %q", want, kittest.Texts(root))
		}
	}
	for _, text := range kittest.Texts(root) {
		if faults := plaintest.Shown("zh-Hans", text, dir, home, "大写.XLSX"); faults != nil {
			t.Errorf("%q", faults)
		}
	}
}

func TestAPathCanBeTyped(t *testing.T) {
	home, dir := folder(t)
	c, root := show(t, chooser.Ask{Kind: chooser.File, Dir: dir, Home: home})
	entries := kittest.All[*field.Entry](root)
	name, place := entries[0], entries[1]
	done := 0
	name.OnSubmitted = func(string) { done++ }
	for typed, want := range map[string]string{
		filepath.Join(dir, "图片"): filepath.Join(dir, "图片"), "~": home, "~/文档": filepath.Join(home, "文档"),
		`"` + dir + `"`: dir, " " + home + " ": home,
	} {
		place.SetText(typed)
		place.OnSubmitted(typed)
		if c.Dir() != want {
			t.Errorf("%q leads to %q, want %q", typed, c.Dir(), want)
		}
	}
	at := c.Dir()
	place.SetText("/没有/这里")
	place.OnSubmitted("")
	if c.Dir() != at || !kittest.Shows(root, "找不到文件夹“/没有/这里”") {
		t.Errorf("%q shows %q", c.Dir(), kittest.Texts(root))
	}
	place.SetText(filepath.Join(dir, "说明.txt")) // a file is taken at once
	place.OnSubmitted("")
	if got, err := c.Chosen(); err != nil || got != filepath.Join(dir, "说明.txt") || done != 1 {
		t.Errorf("%q %v, done %d", got, err, done)
	}
}

func TestWhatIsChosen(t *testing.T) {
	home, dir := folder(t)
	c, root := show(t, chooser.Ask{Kind: chooser.File, Dir: dir, Home: home})
	if _, err := c.Chosen(); judging.CodeOf(err) != judging.Invalid {
		t.Error("nothing was chosen and taken", err)
	}
	kittest.TapRow(t, root, "说明.txt", 1)
	if got, err := c.Chosen(); err != nil || got != filepath.Join(dir, "说明.txt") {
		t.Error(got, err)
	}
	kittest.TapRow(t, root, "图片", 2)
	if c.Dir() != filepath.Join(dir, "图片") {
		t.Error(c.Dir())
	}
	if _, err := c.Chosen(); judging.CodeOf(err) != judging.NotFound {
		t.Error("a file of another folder was taken", err)
	}

	c, root = show(t, chooser.Ask{Kind: chooser.Folder, Dir: dir, Home: home})
	if got, err := c.Chosen(); err != nil || got != dir {
		t.Error(got, err)
	}
	kittest.TapRow(t, root, "图片", 1)
	if got, err := c.Chosen(); err != nil || got != filepath.Join(dir, "图片") {
		t.Error(got, err)
	}
	if c, _ := show(t, chooser.Ask{Kind: chooser.Folder, Dir: filepath.Join(dir, "没了"), Home: home}); c.Dir() != home {
		t.Errorf("a folder that is gone leads to %q", c.Dir())
	}
}

// TestAFolderTypedAsANameIsGoneInto, as one that is chosen in the list, and is no file that is missing.
func TestAFolderTypedAsANameIsGoneInto(t *testing.T) {
	home, dir := folder(t)
	for _, typed := range []string{"图片", filepath.Join(dir, "图片")} {
		c, root := show(t, chooser.Ask{Kind: chooser.File, Dir: dir, Home: home})
		name := kittest.All[*field.Entry](root)[0]
		name.SetText(typed)
		_, err := c.Chosen()
		if judging.CodeOf(err) != judging.Invalid || c.Dir() != filepath.Join(dir, "图片") || name.Text != "" {
			t.Errorf("%q leads to %q, %v, and leaves %q", typed, c.Dir(), err, name.Text)
		}
	}
}

// TestAWholePathCanBeTypedAsTheNameOfANewFile: it shows its folder; one whose folder is not there is refused, and so is
// a name that leads elsewhere without saying where.
func TestAWholePathCanBeTypedAsTheNameOfANewFile(t *testing.T) {
	home, dir := folder(t)
	for _, c := range []struct {
		typed, path, shown, left string
		code                     judging.Code
	}{
		{filepath.Join(dir, "图片", "回执"), filepath.Join(dir, "图片", "回执"), filepath.Join(dir, "图片"), "回执", ""},
		{" " + filepath.Join(dir, "回执") + " ", filepath.Join(dir, "回执"), dir, "回执", ""},
		{filepath.Join(dir, "图片"), "", filepath.Join(dir, "图片"), "", judging.Invalid},
		{filepath.Join(dir, "没有", "回执"), "", home, filepath.Join(dir, "没有", "回执"), judging.NotFound},
		{filepath.Join("..", "回执"), "", home, filepath.Join("..", "回执"), judging.Invalid},
	} {
		ch, root := show(t, chooser.Ask{Kind: chooser.NewFile, Name: "名单.xlsx", Dir: home, Home: home})
		name := kittest.All[*field.Entry](root)[0]
		name.SetText(c.typed)
		got, err := ch.Chosen()
		if got != c.path || judging.CodeOf(err) != c.code || ch.Dir() != c.shown || name.Text != c.left {
			t.Errorf("%q: %q, %v, in %q, leaves %q", c.typed, got, err, ch.Dir(), name.Text)
		}
	}
}

func TestANewFolderIsMadeAndEntered(t *testing.T) {
	home, dir := folder(t)
	c, root := show(t, chooser.Ask{Kind: chooser.NewFile, Name: "名单.xlsx", Dir: home, Home: home, Avoid: dir})
	kittest.Tap(t, root, "新建文件夹")
	kittest.Tap(t, root, "建立")
	if got, err := c.Chosen(); err != nil || got != filepath.Join(home, "新文件夹", "名单.xlsx") {
		t.Error(got, err)
	}
	kittest.Tap(t, root, "上一级")
	kittest.Tap(t, root, "新建文件夹")
	kittest.Tap(t, root, "建立")
	if !kittest.Shows(root, "“新文件夹”已经有了") || c.Dir() != home {
		t.Errorf("%q", kittest.Texts(root))
	}
}

func TestWritingWhereWorksAreReadIsWarnedOf(t *testing.T) {
	home, dir := folder(t)
	for _, c := range []struct {
		kind       chooser.Kind
		at, avoid  string
		wantWarned bool
	}{
		{chooser.NewFile, dir, dir, true}, {chooser.NewFolder, filepath.Join(dir, "图片"), dir, true},
		{chooser.NewFile, home, dir, false}, {chooser.File, dir, dir, false}, {chooser.NewFile, dir, "", false},
		{chooser.NewFile, filepath.Join(home, "文档"), filepath.Join(home, "文档"), false},
		{chooser.NewFile, dir, home, false},
	} {
		_, root := show(t, chooser.Ask{Kind: c.kind, Dir: c.at, Home: home, Avoid: c.avoid})
		if kittest.Shows(root, "读取来稿的文件夹") != c.wantWarned {
			t.Errorf("%+v: %q", c, kittest.Texts(root))
		}
	}
}
