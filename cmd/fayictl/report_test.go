package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fayi/assets/rubrics"
)

// TestReportsOpenInOtherProgramsAndReckonAlike has LibreOffice print every report, poppler read the pages, and
// LibreOffice's results for the score matrix compared with ours.
func TestReportsOpenInOtherProgramsAndReckonAlike(t *testing.T) {
	if testing.Short() {
		t.Skip("another program takes its time over a dozen papers")
	}
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Skip("LibreOffice is missing: scripts/deps test installs it")
	}
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	rehearsed(t, dir)
	r := at("r.fayi")
	fayictl(t, "report", "superior", r, "--to", "city", "--name", "示例市司法局", "--total", "9")
	fayictl(t, "report", "batch", r, "--to", "city", "--out", at("b"), "--accept", "no_files,notice_not_over")
	fayictl(t, "report", "notice", r, "--out", at("draft.docx"))
	fayictl(
		t, "awards", "publish", r, "--accept", "disputes", "--from", "2020-05-12", "--contact", "示例县司法局 0518-00000000",
	)
	fayictl(t, "report", "notice", r, "--out", at("notice.xlsx"))
	fayictl(t, "report", "notice", r, "--out", at("letter.docx"))
	fayictl(t, "report", "statistics", r, "--out", at("statistics.xlsx"))
	fayictl(t, "report", "matrix", r, "--out", at("matrix.xlsx"))
	fayictl(t, "report", "rules", r, "--out", at("rules.xlsx"))
	fayictl(t, "report", "rules", r, "--out", at("rules.pdf"))
	fayictl(t, "report", "awards", r, "--form", "province", "--out", at("province.xlsx"))
	fayictl(t, "report", "awards", r, "--template", filepath.Join(at("b"), "上报汇总表.xlsx"), "--out", at("filled.xlsx"))
	fayictl(t, "report", "certificates", r, "--out", at("certificates.pdf"), "--list", at("merge.xlsx"))

	files := []string{at("draft.docx"), at("notice.xlsx"), at("letter.docx"), at("statistics.xlsx"), at("rules.xlsx"),
		at("province.xlsx"), at("filled.xlsx"), at("merge.xlsx"), filepath.Join(at("b"), "上报汇总表.xlsx"),
		filepath.Join(at("b"), "上报函.docx")}
	convert(t, dir, "pdf", files...)
	for name, wants := range map[string][]string{
		"statistics": {"【演练】法治文化作品征集统计", "报送单位", "合计", "书法", "获奖率"},
		"rules":      {"评审规则", "主题内容 20", "去掉一个最高分", "负责人", "校验码"},
		"province":   {"获奖名单", "一等奖", "指导教师"},
		"filled":     {"推荐作品汇总表", "优秀奖"},
		"draft":      {"获奖名单的公示（征求意见稿）", "公示期待定", "附件1", "获奖作品名单"},
		"notice": {"【演练】法治文化作品征集获奖名单公示", "2020年5月12日至2020年5月18日，共5个工作日", "示例县司法局0518-00000000", "优秀组织奖名单",
			"优秀指导教师奖名单"},
		"letter":       {"关于【演练】法治文化作品征集获奖名单的公示", "一等奖", "附件3", "2020年5月12日", "优秀组织奖名单"},
		"merge":        {"证书编号", "第0001号", "校验码"},
		"上报汇总表":        {"【演练】法治文化作品征集推荐作品汇总表（第一批）", "报送单位（盖章）：示例县司法局"},
		"上报函":          {"关于报送【演练】法治文化作品征集推荐作品（第一批）的函", "示例市司法局：", "作品9件", "特此函告"},
		"certificates": {"获奖证书", "一等奖", "第0001号", "示例县司法局"},
	} {
		text := tightText(t, at(name+".pdf"))
		for _, want := range wants {
			if !strings.Contains(text, strings.ReplaceAll(want, " ", "")) {
				t.Errorf("%s lacks %q", name, want)
			}
		}
	}
	convert(t, dir, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", at("matrix.xlsx"))
	compareScores(t, r, rowsOf(t, at("matrix-评分矩阵.csv")))
	compareAwards(t, r, rowsOf(t, at("matrix-奖项核对.csv")))

	fayictl(t, "report", "matrix", r, "--out", at("unnamed.xlsx"), "--unnamed")
	convert(t, dir, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", at("unnamed.xlsx"))
	named, unnamed := rowsOf(t, at("matrix-评分矩阵.csv")), rowsOf(t, at("unnamed-评分矩阵.csv"))
	for i := range named[0] {
		judge := strings.HasPrefix(unnamed[0][i], "评委 ")
		if judge == (named[0][i] == unnamed[0][i]) {
			t.Errorf("the column %q is called %q where judges have no names", named[0][i], unnamed[0][i])
		}
	}
	if !slices.EqualFunc(named[1:], unnamed[1:], slices.Equal) {
		t.Error("without the judges' names the numbers are others")
	}
}

// rehearsed makes the contest r.fayi below dir, judged and with awards.
func rehearsed(t *testing.T, dir string) {
	t.Helper()
	at := func(name string) string { return filepath.Join(dir, name) }
	fayictl(t, "sample", at("s"), "--seed", "2")
	rules := strings.Replace(string(rubrics.LegalCulture), "trim_from = 5", "trim_from = 4", 1)
	if err := os.WriteFile(at("rules.toml"), []byte(rules), 0o600); err != nil {
		t.Fatal(err)
	}
	fayictl(t, "contest", "new", at("c.fayi"), "--name", "法治文化作品征集", "--host", "示例县司法局", "--rules", at("rules.toml"))
	fayictl(t, "works", "import", at("c.fayi"), filepath.Join(at("s"), "来稿"))
	fayictl(t, "judges", "import", at("c.fayi"), filepath.Join(at("s"), "评委.xlsx"))
	fayictl(t, "assign", "plan", at("c.fayi"), "--seed", "2", "--per-work", "4")
	fayictl(t, "assign", "publish", at("c.fayi"), "--accept", "import_problems")
	fayictl(t, "rehearse", at("c.fayi"), "--out", at("r.fayi"), "--seed", "2")
	for i, points := range []string{"-2", "1.5", "-0.05", "-200"} { // the sheet adds them up by itself
		work := fmt.Sprintf("w%06d", 1+3*i)
		fayictl(t, "scores", "offset", at("r.fayi"), "--work", work, "--points", points, "--reason", "超时")
	}
	fayictl(t, "awards", "decide", at("r.fayi"))
}

// convert converts files by one run of LibreOffice with a profile of its own.
func convert(t *testing.T, dir, to string, files ...string) {
	t.Helper()
	args := append([]string{"-env:UserInstallation=file://" + filepath.Join(dir, "lo"), "--headless", "--convert-to",
		to, "--outdir", dir}, files...)
	cmd := exec.Command("soffice", args...)
	cmd.Env = append(os.Environ(), "HOME="+dir,
		"LC_ALL=C.UTF-8") // names of files in Chinese, whatever locales there are
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("LibreOffice: %v\n%s", err, out)
	}
}

// tightText is the text of a PDF without blanks.
func tightText(t *testing.T, path string) string {
	t.Helper()
	out, err := exec.Command("pdftotext", "-layout", path, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext %s: %v", filepath.Base(path), err)
	}
	return strings.Join(strings.Fields(string(out)), "")
}

// rowsOf reads a converted sheet, from the header's row on.
func rowsOf(t *testing.T, path string) [][]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil || len(rows) < 4 {
		t.Fatalf("%s: %d rows, %v", filepath.Base(path), len(rows), err)
	}
	return rows[2:]
}

// compareScores wants official score and place of every work as the program computes them, and the award as it was
// decided.
func compareScores(t *testing.T, contest string, rows [][]string) {
	t.Helper()
	var places []struct {
		Work     string
		Place    int
		Official float64
	}
	var works []struct{ ID, Code string }
	parse(t, fayictl(t, "--format", "json", "rank", contest), &places)
	parse(t, fayictl(t, "--format", "json", "works", "list", contest), &works)
	code := map[string]string{}
	for _, w := range works {
		code[w.ID] = w.Code
	}
	col := headsOf(rows[0])
	by := map[string][]string{}
	for _, row := range rows[1:] {
		by[row[0]] = row
	}
	for _, p := range places {
		row := by[code[p.Work]]
		if row == nil {
			t.Fatalf("work %s is not in the matrix", p.Work)
		}
		score, err := strconv.ParseFloat(row[col["得分"]], 64)
		if err != nil || fmt.Sprintf("%.4f", score) != fmt.Sprintf("%.4f",
			p.Official) || row[col["名次"]] != strconv.Itoa(p.Place) {
			t.Errorf("%s: LibreOffice reckons %s and place %s, we %v and %d", p.Work, row[col["得分"]], row[col["名次"]],
				p.Official, p.Place)
		}
		if row[col["奖项"]] != row[col["评定奖项"]] {
			t.Errorf("%s: by formula %q, decided %q", p.Work, row[col["奖项"]], row[col["评定奖项"]])
		}
	}
	if len(places) != len(by) || len(places) < 600 {
		t.Errorf("%d works placed, %d in the matrix", len(places), len(by))
	}
}

// compareAwards wants the awards of each list as many by formula as were decided.
func compareAwards(t *testing.T, contest string, rows [][]string) {
	t.Helper()
	var awards []struct{ Award, Category, Group string }
	parse(t, fayictl(t, "--format", "json", "awards", "list", contest), &awards)
	decided := map[string]int{}
	for _, a := range awards {
		if a.Group == "" {
			a.Group = "—"
		}
		decided[a.Category+"/"+a.Group+"/"+a.Award]++
	}
	col := headsOf(rows[0])
	sum := 0
	for _, row := range rows[1:] {
		key := row[col["类别"]] + "/" + row[col["组别"]] + "/" + row[col["奖项"]]
		n, err := strconv.Atoi(row[col["公式数"]])
		if err != nil || n != decided[key] || row[col["核对"]] != "一致" {
			t.Errorf("%s: by formula %s, decided %d, %s", key, row[col["公式数"]], decided[key], row[col["核对"]])
		}
		sum += n
	}
	if sum != len(awards) || sum == 0 {
		t.Errorf("%d awards by formula, %d decided", sum, len(awards))
	}
}

func parse(t *testing.T, text string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), into); err != nil {
		t.Fatal(err)
	}
}

// headsOf finds columns by their heads; the last one of a name wins.
func headsOf(head []string) map[string]int {
	out := map[string]int{}
	for i, h := range head {
		out[h] = i
	}
	return out
}
