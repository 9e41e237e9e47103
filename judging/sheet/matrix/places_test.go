package matrix_test

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"fayi/judging"
	"fayi/judging/sheet/matrix"
	"fayi/judging/terms"
)

// spreadBook is a matrix of lists of so many works, each with an award counted over all of them and one of its own.
func spreadBook(whole judging.Share, works []int) matrix.Matrix {
	m := matrix.Matrix{
		Title: "分配", Judges: []string{"甲"}, ByRules: true, Least: 1,
		Combine: judging.Combine{Method: judging.Mean, Decimals: 2},
	}
	for l, n := range works {
		category := fmt.Sprintf("类别%d", l+1)
		for i := range n {
			total := float64(90 - i)
			m.Rows = append(m.Rows, matrix.Row{
				Code: fmt.Sprintf("%d-%d", l, i), Category: category, Totals: []*float64{&total}, Official: total,
				Scores: 1, Order: 1, Full: 100,
			})
		}
		m.Lists = append(m.Lists, matrix.List{Category: category, Awards: []matrix.Award{
			{Name: "一等奖", Share: whole}, {Name: "二等奖", Share: judging.Share{Count: 1}},
		}})
	}
	return m
}

// TestLibreOfficeSpreadsPlacesOverAllLists has LibreOffice compute how many places each list has, of numbers and of
// per cents, with equal claims among them, and compares with terms.Apportion, which a test there holds to all ways that
// there are.
func TestLibreOfficeSpreadsPlacesOverAllLists(t *testing.T) {
	if testing.Short() {
		t.Skip("another program takes its time over a dozen books")
	}
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Skip("LibreOffice is missing: scripts/deps test installs it")
	}
	r, dir, open := rand.New(rand.NewPCG(5, 5)), t.TempDir(), 0
	args := []string{
		"-env:UserInstallation=file://" + filepath.Join(dir, "lo"), "--headless", "--convert-to",
		"csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2", "--outdir", dir,
	}
	var shares []judging.Share
	var sizes [][]int
	for i := range 16 {
		share := judging.Share{Count: 1 + r.IntN(9), Whole: true}
		if i%3 == 0 {
			share = judging.Share{Percent: []float64{5, 12.5, 33.3333}[r.IntN(3)], Whole: true,
				Rounding: []judging.Rounding{"", judging.Down, judging.Up}[r.IntN(3)]}
		}
		works := []int{1 + r.IntN(9), 1 + r.IntN(9), 1 + r.IntN(9)}
		if i%4 == 1 {
			works[1] = works[0]
		}
		shares, sizes = append(shares, share), append(sizes, works)
		path := filepath.Join(dir, fmt.Sprintf("s%02d.xlsx", i))
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		words := func(key string, _ map[string]any) string { return key }
		if err := matrix.Write(f, spreadBook(share, works), words); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		args = append(args, path)
	}
	cmd := exec.Command("soffice", args...)
	cmd.Env = append(os.Environ(), "HOME="+dir, "LC_ALL=C.UTF-8")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("LibreOffice: %v\n%s", err, out)
	}
	for i, share := range shares {
		all := sizes[i][0] + sizes[i][1] + sizes[i][2]
		want, _, left := terms.Apportion(share.PlacesOf(all), sizes[i])
		if left > 0 {
			open++
		}
		lines := pageOf(t, dir, fmt.Sprintf("s%02d*.csv", i))
		for l, n := range want {
			got, err := strconv.Atoi(lines[3+2*l][4])
			given, err2 := strconv.Atoi(lines[3+2*l][7])
			if err != nil || err2 != nil || got != n || given != n {
				t.Errorf("%+v over %v, list %d: %v, want %d", share, sizes[i], l+1, lines[3+2*l], n)
			}
		}
	}
	if open < 2 {
		t.Error("hardly any places were left open")
	}
}

// pageOf reads the only file of dir that the pattern names.
func pageOf(t *testing.T, dir, pattern string) [][]string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, pattern))
	if err != nil || len(found) != 1 {
		t.Fatalf("%v, %v", found, err)
	}
	f, err := os.Open(found[0])
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = -1
	lines, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return lines
}
