package diploma

import (
	"bytes"
	"fmt"
	"os/exec"
	"strings"
	"testing"
	"time"
)

var posterMade = time.Date(2026, 11, 30, 8, 0, 0, 0, time.UTC)

func posterOf(t *testing.T, large bool) Poster {
	return Poster{
		Title: "征集作品", Contest: "2026年示例县法治文化作品征集活动（青少年专场）",
		Address: "https://fayi.example.cn/c/k3v9x7q2m4pa/send/", From: "示例县司法局", Large: large, Made: posterMade,
		Lines: []string{strings.Repeat("网页上写着征集哪些类别、有什么要求。", 3), "截止日期：2026年12月20日（含当天）。",
			"联系人：乔某 0571-88880000。"},
		Words: words(t),
	}
}

// TestAPosterIsScannedAndRead has other programs look at the printed page: the code says the address, and so do words.
func TestAPosterIsScannedAndRead(t *testing.T) {
	for size, large := range map[string]bool{"595.28 x 841.89": false, "841.89 x 1190.5": true} {
		p := posterOf(t, large)
		var b, again bytes.Buffer
		for _, to := range []*bytes.Buffer{&b, &again} {
			if err := WritePoster(to, p); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(b.Bytes(), again.Bytes()) {
			t.Error("two posters differ")
		}
		path := keep(t, fmt.Sprintf("poster-%v.pdf", large), b.Bytes())
		if got := scanned(t, path, "150", 1); got[0] != p.Address {
			t.Errorf("the code says %q", got[0])
		}
		said := tight(read(t, path))
		for _, want := range append(p.Lines, p.Address, p.Contest, p.From, p.Title) {
			if !strings.Contains(said, tight(want)) {
				t.Errorf("the poster does not say %q: %s", want, said)
			}
		}
		about, err := exec.Command("pdfinfo", path).Output()
		if err != nil || !strings.Contains(string(about), "Pages:           1\n") ||
			!strings.Contains(string(about), strings.SplitN(size, ".", 2)[0]) {
			t.Errorf("%v %s, want %s", err, about, size)
		}
	}
}

// TestEachSlipCarriesTheLinkOfItsUnit cuts the page as its lines say and scans each piece.
func TestEachSlipCarriesTheLinkOfItsUnit(t *testing.T) {
	var slips []LinkSlip
	for i := range 6 {
		slips = append(slips, LinkSlip{
			Contest: "2026年示例县法治文化作品征集活动", Unit: fmt.Sprintf("示例县第%d小学", i+1),
			Link:  fmt.Sprintf("https://fayi.example.cn/c/k3v9x7q2m4pa/send/#AbCdEfGhIjKlMnOpQr%04d", i),
			Until: "截止日期：2026年12月20日（含当天）。", Ask: "联系人：乔某 0571-88880000。", Made: posterMade, Words: words(t),
		})
	}
	slips[5].Unit = strings.Repeat("名称很长的单位", 8)
	var b bytes.Buffer
	if err := LinkSlips(&b, slips...); err != nil {
		t.Fatal(err)
	}
	path := keep(t, "linkslips.pdf", b.Bytes())
	for i, s := range slips {
		got := cut(t, path, i)
		if got != s.Link {
			t.Errorf("slip %d says %q, want %q", i, got, s.Link)
		}
		quarter := i%slipsPerPage*2105 + 100 // in tenths of a point
		text, err := exec.Command("pdftotext", "-f", fmt.Sprint(i/slipsPerPage+1), "-l", fmt.Sprint(i/slipsPerPage+1),
			"-x", "0", "-y", fmt.Sprint(quarter/10), "-W", "600", "-H", "200", path, "-").Output()
		said := tight(string(text))
		if err != nil || !strings.Contains(said, s.Unit[:12]) || !strings.Contains(said, tight(s.Link)) ||
			!strings.Contains(said, tight(s.Until)) {
			t.Errorf("slip %d: %v %s", i, err, said)
		}
		for j, other := range slips {
			if j != i && strings.Contains(said, other.Link) {
				t.Errorf("slip %d has the link of %d", i, j)
			}
		}
	}
}

// cut draws the piece of one slip alone, 150 dots an inch, and scans it.
func cut(t *testing.T, path string, i int) string {
	t.Helper()
	for _, tool := range []string{"pdftoppm", "zbarimg"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip(tool + " is missing: scripts/deps test installs it")
		}
	}
	shot := path + fmt.Sprint(i)
	page, high := fmt.Sprint(i/slipsPerPage+1), 1754/slipsPerPage
	out, err := exec.Command("pdftoppm", "-gray", "-r", "150", "-f", page, "-l", page, "-singlefile", "-x", "0",
		"-y", fmt.Sprint(i%slipsPerPage*high), "-W", "1240", "-H", fmt.Sprint(high), path, shot).CombinedOutput()
	if err != nil {
		t.Fatalf("pdftoppm: %v %s", err, out)
	}
	text, err := exec.Command("zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", shot+".pgm").Output()
	if err != nil {
		t.Errorf("slip %d: no code is found: %v", i, err)
	}
	return strings.TrimSpace(string(text))
}

func TestAMapHasATileForEachUnit(t *testing.T) {
	m := TileMap{Title: "报送情况一览", Lines: []string{"○ 未报送　△ 有缺　＋ 超报　√ 齐全"}, Made: posterMade, Words: words(t),
		Table: ListTable{Heads: []string{"类型", "应报", "已报"}, Rows: [][]string{{"乡镇", "90", "30"}}}}
	var names []string
	for g := range 3 {
		group := TileGroup{Title: fmt.Sprintf("第%d类", g+1)}
		for i := range 40 + g {
			tone := []TileTone{TileRed, TileAmber, TileBlue, TileGreen}[i%4]
			name := fmt.Sprintf("单位%d号%d", g, i)
			names = append(names, name)
			group.Tiles = append(group.Tiles, Tile{name, []string{"○ 未报送", "△ 有缺", "＋ 超报", "√ 齐全"}[i%4], tone})
		}
		group.Tiles[0].Name = strings.Repeat("很长的单位名称", 9)
		m.Groups = append(m.Groups, group)
	}
	var b bytes.Buffer
	if err := Map(&b, m); err != nil {
		t.Fatal(err)
	}
	said := read(t, keep(t, "map.pdf", b.Bytes()))
	missing := 0
	for i, name := range names {
		if i != 0 && i != 40 && i != 81 && !strings.Contains(said, name) {
			missing++
			t.Errorf("no tile for %s", name)
		}
	}
	for _, word := range []string{"○ 未报送", "△ 有缺", "＋ 超报", "√ 齐全"} {
		if n := strings.Count(said, word); n < 30 {
			t.Errorf("%s stands %d times", word, n)
		}
	}
	if strings.ContainsRune(said, missingMark) {
		t.Error("a sign has no shape")
	}
}
