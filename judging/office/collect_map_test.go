package office_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"fayi/judging"
	call "fayi/judging/office/collect"
)

// TestGroupsCountEachUnitOnce compares the numbers of groups with a count of its own over the units.
func TestGroupsCountEachUnitOnce(t *testing.T) {
	var b call.Inbox
	kinds := []string{"学校", "乡镇", "部门", ""}
	for i := range 97 {
		u := call.UnitState{
			Unit: fmt.Sprint("单位", i), Listed: i%7 != 0, State: call.States[i%4], Works: i % 5,
			Late: i%4 != 0 && i%3 == 0,
		}
		if u.Listed {
			u.Kind = kinds[i%3]
			if i%11 == 0 {
				u.Kind = kinds[3]
			}
		}
		b.Units = append(b.Units, u)
	}
	seen, works := map[string]int{}, 0
	for _, g := range b.Groups() {
		var want call.GroupState
		for _, u := range g.Units {
			seen[u.Unit]++
			works += u.Works
			if u.Listed == g.Unlisted || u.Kind != g.Kind {
				t.Errorf("%s is in the group %q", u.Unit, g.Kind)
			}
			want.Works += u.Works
			if u.Listed {
				want.Asked++
			}
			switch {
			case u.State == call.Nothing:
				want.Nothing++
			case u.Late:
				want.Late++
			default:
				want.InTime++
			}
		}
		if g.Asked != want.Asked || g.Nothing != want.Nothing || g.Late != want.Late || g.InTime != want.InTime ||
			g.Sent != len(g.Units)-want.Nothing || g.Sent != g.InTime+g.Late || g.Works != want.Works ||
			g.Sent != g.Complete+g.Lacking+g.Over {
			t.Errorf("%+v, want %+v", g, want)
		}
	}
	total := b.Total()
	if len(seen) != len(b.Units) || total.Works != works || total.Sent+total.Nothing != len(b.Units) {
		t.Errorf("%d units in groups, %d works, in all %+v", len(seen), works, total)
	}
	for unit, n := range seen {
		if n != 1 {
			t.Errorf("%s stands in %d groups", unit, n)
		}
	}
}

func TestTheMapIsWrittenForTheLeader(t *testing.T) {
	o, kits := called(t, "2999-12-31")
	takes(t, o, call.TakeRequest{Sources: []string{sent(t, kits, "示例镇", []string{"一"}, "一.txt", "原创承诺书.pdf")}})
	path := filepath.Join(t.TempDir(), "一览.pdf")
	n, err := o.Collect().ReportMap(t.Context(), path, chineseWords(t))
	if must(t, err); n != 3 {
		t.Errorf("%d units", n)
	}
	out, err := exec.Command("pdftotext", "-layout", path, "-").Output()
	if err != nil {
		t.Skip("pdftotext is missing: scripts/deps test installs it")
	}
	said := string(out)
	for _, want := range []string{"示例镇", "示例县第一小学", "示例县第二小学", "○ 未报送", "学校：2 个单位，已报 0 个", "乡镇：1 个单位，已报 1 个"} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not say %q:\n%s", want, said)
		}
	}
	if strings.Contains(said, "佟某") || strings.Contains(said, "13900001111") {
		t.Error("it names a person")
	}
	if _, err := newOffice(t).Collect().ReportMap(t.Context(), path, chineseWords(t)); judging.CodeOf(err) !=
		judging.NotFound {
		t.Errorf("without units: %v", err)
	}
}

// TestAKitHoldsTheLinkOfItsUnitOnly looks for each link in each file of each kit.
func TestAKitHoldsTheLinkOfItsUnitOnly(t *testing.T) {
	o, _ := called(t, "2999-12-31")
	const at = "https://fayi.example.cn/c/abc/send/"
	links := map[string]string{
		"示例县第一小学": at + "#AAAAAAAAAAAAAAAAAAAAA1", "示例镇": at + "#BBBBBBBBBBBBBBBBBBBBB2",
	}
	dir := filepath.Join(t.TempDir(), "材料")
	r, err := o.Collect().WriteKit(t.Context(), call.KitRequest{
		Dir: dir, At: at, Links: func(context.Context) (map[string]string, error) { return links, nil },
	}, chineseWords(t))
	if must(t, err); r.Slips != 2 || len(r.Units) != 3 {
		t.Errorf("%+v", r)
	}
	for _, unit := range []string{"", "示例县第一小学", "示例县第二小学", "示例镇"} {
		poster := filepath.Join(dir, unit, "征集海报.pdf")
		if codes := codesIn(t, poster); codes != at {
			t.Errorf("the poster of %q says %q", unit, codes)
		}
		slip := filepath.Join(dir, unit, "本单位报送链接.pdf")
		_, err := os.Stat(slip)
		if link := links[unit]; (err == nil) != (link != "") || link != "" && codesIn(t, slip) != link {
			t.Errorf("the slip of %q: %v", unit, err)
		}
		files, err := os.ReadDir(filepath.Join(dir, unit))
		must(t, err)
		for _, f := range files {
			if f.IsDir() {
				continue
			}
			data, err := os.ReadFile(filepath.Join(dir, unit, f.Name()))
			must(t, err)
			text, _ := exec.Command("pdftotext", "-raw", filepath.Join(dir, unit, f.Name()), "-").Output()
			for whose, link := range links {
				token := []byte(link[strings.IndexByte(link, '#')+1:])
				if whose != unit && (bytes.Contains(data, token) || bytes.Contains(text, token)) {
					t.Errorf("%s of %q holds the link of %s", f.Name(), unit, whose)
				}
			}
		}
	}
	// links are not asked for where nothing can be written
	_, err = o.Collect().WriteKit(t.Context(), call.KitRequest{
		Dir: dir, At: at, Links: func(context.Context) (map[string]string, error) {
			t.Error("links were drawn for nothing")
			return nil, nil
		},
	}, chineseWords(t))
	if judging.CodeOf(err) != judging.Clash {
		t.Errorf("over a folder that is there: %v", err)
	}
}

// codesIn scans the first page of a document.
func codesIn(t *testing.T, path string) string {
	t.Helper()
	shot := filepath.Join(t.TempDir(), "page")
	out, err := exec.Command("pdftoppm", "-gray", "-r", "150", "-singlefile", path, shot).CombinedOutput()
	if err != nil {
		t.Skipf("pdftoppm: %v %s: scripts/deps test installs it", err, out)
	}
	text, err := exec.Command("zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", shot+".pgm").Output()
	if err != nil {
		t.Skipf("zbarimg: %v: scripts/deps test installs it", err)
	}
	return strings.TrimSpace(string(text))
}

func TestAPosterNeedsAnAddress(t *testing.T) {
	o := newOffice(t)
	path := filepath.Join(t.TempDir(), "海报.pdf")
	for _, at := range []string{"", "不是网址", "ftp://example.cn", "https://甲@example.cn/", "https://example.cn/#token",
		"https://example.cn/" + strings.Repeat("x", 500), "javascript:alert(1)"} {
		err := o.Collect().WritePoster(t.Context(), call.PosterRequest{Path: path, At: at}, chineseWords(t))
		if judging.CodeOf(err) != judging.Invalid {
			t.Errorf("%q: %v", at, err)
		}
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("a poster was written for no address")
	}
}
