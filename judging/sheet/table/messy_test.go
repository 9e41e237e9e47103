package table

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/sheet/ledger"
	"fayi/judging/sheet/mapping"
)

// messy makes lists as offices send them, all kinds of mess composed at random. It knows nothing of the reader: heads
// are spelled by its own table, which follows how people name columns, and what a cell means it remembers itself.
// docs/messy.md describes it.
type messy struct {
	r     *rand.Rand
	works []judging.Work // what a careful person would take from the list
	rows  [][]string
	texts int // rows that hold text
}

func (m *messy) pick(list ...string) string { return list[m.r.IntN(len(list))] }

func (m *messy) odds(percent int) bool { return m.r.IntN(100) < percent }

var (
	messySurnames = strings.Split("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜", "")
	messyGiven    = strings.Split("一鸣 小雨 国强 丽 文博 思远 子涵 建军 雅静 浩然 欣怡 明 婷婷 志 海燕 俊杰 春梅 玉 雪 立新", " ")
	messyTitles   = strings.Split("守护 宪法伴我行 法在身边 清风 正义的天平 我与民法典 家风 晨光里的普法车 规矩 诚信 无题 大山里的法庭 校园拒绝欺凌 12月4日 公平", " ")
	messyUnits    = strings.Split("第一小学 城关中学 示例县司法局 河西镇人民政府 实验幼儿园 职业技术学校 第二中学 文化馆", " ")
)

func (m *messy) name() string {
	return messySurnames[m.r.IntN(len(messySurnames))] + m.pick(messyGiven...)
}

// messyColumn is a column as a form has it: the ways to call it, and how a work fills it.
type messyColumn struct {
	field string
	heads []string
}

var messyColumns = map[string]messyColumn{
	"no": {"no", []string{"序号", "No.", "编号", "序号 No."}},
	"title": {"title", []string{
		"作品名称", "作品题目", "作品名称（必填）", "作品名称 Title", "*作品名称", "1、作品名称", "作品标题：", "参赛作品名称",
	}},
	"author": {"author", []string{
		"作者", "作者姓名", "姓名", "作者（限3人）", "作者 Author", "作者姓名（集体作品按贡献排序，最多填写三位，超过的只取前三位，请用顿号隔开，提交后不再修改，证书照此打印）",
	}},
	"unit":     {"unit", []string{"单位", "学校", "作者单位", "工作单位", "学校名称", "所在单位（全称）"}},
	"category": {"category", []string{"类别", "作品类别", "类别（书法/绘画/摄影）", "作品类别 Category"}},
	"group":    {"group", []string{"组别", "参赛组别"}},
	"phone":    {"phone", []string{"联系电话", "电话", "手机号码", "联系方式"}},
	"teacher":  {"teacher", []string{"指导教师", "指导老师", "辅导教师"}},
	"source":   {"source", []string{"素材来源", "创作灵感来源"}},
	"size":     {"size", []string{"尺寸", "作品规格"}},
}

// columns chooses the columns of one table, in an order of its own.
func (m *messy) columns() []string {
	cols := []string{"title", "author", "category", "unit"}
	for _, c := range []string{"group", "phone", "teacher", "source", "size"} {
		if m.odds(40) {
			cols = append(cols, c)
		}
	}
	if m.odds(70) { // most lists keep to this order
		slices.SortFunc(cols, func(a, b string) int {
			order := []string{"title", "author", "unit", "group", "category", "phone", "teacher", "source", "size"}
			return slices.Index(order, a) - slices.Index(order, b)
		})
	} else {
		m.r.Shuffle(len(cols), func(i, j int) { cols[i], cols[j] = cols[j], cols[i] })
	}
	if m.odds(75) {
		cols = append([]string{"no"}, cols...)
	}
	return cols
}

// put writes a row from a column on.
func (m *messy) put(at int, cells ...string) {
	row := append(make([]string, at), cells...)
	m.rows = append(m.rows, row)
	if strings.TrimSpace(strings.Join(cells, "")) != "" {
		m.texts++
	}
}

// table writes one table of works, with what people leave between them.
func (m *messy) table(at, works int) {
	cols := m.columns()
	var heads []string
	for _, c := range cols {
		h := messyColumns[c].heads
		if c == "no" && len(heads) == 0 {
			h = h[:2]
		}
		heads = append(heads, m.pick(h...))
	}
	m.put(at, heads...)
	if m.odds(15) && slices.Contains(cols, "no") {
		m.example(at, cols)
	}
	unit := m.pick(messyUnits...)
	var last map[string]string
	for n := range works {
		if m.odds(30) {
			unit = m.pick(messyUnits...)
		}
		last = m.work(at, cols, n+1, unit, last)
		switch {
		case m.odds(4):
			m.put(at, heads...) // the head again, as at the top of a page
		case m.odds(4):
			m.put(at) // a blank row
		case m.odds(4) && cols[0] == "no":
			m.put(at, strconv.Itoa(n+2)) // prepared
		}
	}
	m.below(at, cols, works)
}

func (m *messy) example(at int, cols []string) {
	cells := make([]string, len(cols))
	for i, c := range cols {
		cells[i] = map[string]string{
			"no": m.pick("如：1", "例", "示例"), "title": "《示例作品》", "author": "某某", "category": "书法", "unit": "某某学校",
		}[c]
	}
	m.put(at, cells...)
}

// work writes a work and remembers what it is.
func (m *messy) work(at int, cols []string, n int, unit string, last map[string]string) map[string]string {
	authors := []string{m.name()}
	for m.odds(25) && len(authors) < 3 {
		if name := m.name(); !slices.Contains(authors, name) {
			authors = append(authors, name)
		}
	}
	w := judging.Work{Title: m.pick(messyTitles...), Authors: authors, Unit: unit}
	w.Category = m.pick("书法", "绘画", "摄影", "征文")
	said := map[string]string{
		"no": strconv.Itoa(n), "title": w.Title, "unit": unit, "category": w.Category,
		"author": m.authors(authors), "source": "身边的事", "size": "四尺",
	}
	if slices.Contains(cols, "group") {
		w.Group = m.pick("小学组", "初中组", "高中组", "成人组")
		said["group"] = w.Group
	}
	if slices.Contains(cols, "phone") {
		w.Phone = fmt.Sprintf("138%08d", m.r.IntN(1e8))
		said["phone"] = m.pick(w.Phone, w.Phone[:3]+"-"+w.Phone[3:7]+"-"+w.Phone[7:], w.Phone)
	}
	if slices.Contains(cols, "teacher") {
		teacher := m.name()
		w.Teachers = []string{teacher}
		if said["teacher"] = teacher; last != nil && m.odds(10) && last["teacher"] != "" {
			w.Teachers, said["teacher"] = []string{last["teacher"]}, m.pick("同上", "〃")
		}
	}
	cells := make([]string, len(cols))
	for i, c := range cols {
		cells[i] = said[c]
	}
	said["teacher"] = strings.Join(w.Teachers, "")
	m.put(at, cells...)
	m.works = append(m.works, w)
	return said
}

// authors writes names the ways people do.
func (m *messy) authors(names []string) string {
	if len(names) == 1 {
		if m.odds(5) {
			return names[0] + m.pick("（组长）", "（男）", "(三年级2班)")
		}
		return names[0]
	}
	switch m.r.IntN(4) {
	case 0:
		return strings.Join(names, " ")
	case 1:
		out := ""
		for i, n := range names {
			out += fmt.Sprintf("%d.%s ", i+1, n)
		}
		return strings.TrimSpace(out)
	case 2:
		return strings.Join(names, m.pick("，", "/", ";", "\n"))
	}
	return strings.Join(names, "、")
}

// below writes what stands below a table.
func (m *messy) below(at int, cols []string, works int) {
	if m.odds(25) && cols[0] == "no" {
		for i := range m.r.IntN(4) {
			m.put(at, strconv.Itoa(works+i+1))
		}
	}
	if m.odds(25) {
		m.put(at, m.pick("合计", "小计", "总计"), strconv.Itoa(works))
	}
	if m.odds(20) {
		m.put(at, "备注：请于12月4日前报送。")
	}
	if m.odds(20) {
		m.put(at, "填表人：", m.name(), "审核人：")
	}
}

// sheet composes a whole list.
func (m *messy) sheet() {
	if m.odds(60) {
		m.put(0, m.pick("某县法治作品汇总表", "全县教师法治作品登记表", "中小学生法治文化作品统计表", "2020年“12·4”作品报送表"))
	}
	tables := 1
	for m.odds(35) && tables < 4 {
		tables++
	}
	for i := range tables {
		if i > 0 && m.odds(60) {
			m.put(0)
		}
		if tables > 1 && m.odds(50) {
			m.put(0, m.pick("一、", "二、", "三、")+m.pick("第一批", "第二批", "补充"))
		}
		works := 1 + m.r.IntN(8)
		if m.odds(8) {
			works += 60 + m.r.IntN(40)
		}
		m.table(0, works)
	}
	if m.odds(12) {
		m.turn(tables)
	}
	if m.odds(15) {
		m.far()
	}
}

// turn lays a small list of one table on its side.
func (m *messy) turn(tables int) {
	if tables > 1 || len(m.works) < 2 || len(m.works) > 8 || m.texts != len(m.works)+1 {
		return
	}
	var turned [][]string
	for c := range m.rows[0] {
		var row []string
		for _, r := range m.rows {
			if c < len(r) && len(r) > 0 {
				row = append(row, r[c])
			}
		}
		turned = append(turned, row)
	}
	m.rows, m.texts = turned, len(turned)
}

// far puts a blank far to the right of a row.
func (m *messy) far() {
	i := m.r.IntN(len(m.rows))
	m.rows[i] = append(slices.Clone(m.rows[i]), append(make([]string, 40), " ")...)
}

// write saves the list as csv.
func (m *messy) write(t testing.TB) string {
	t.Helper()
	var b strings.Builder
	w := csv.NewWriter(&b)
	wide := 0
	for _, r := range m.rows {
		wide = max(wide, len(r))
	}
	for _, r := range m.rows {
		if err := w.Write(append(slices.Clone(r), make([]string, wide-len(r))...)); err != nil {
			t.Fatal(err)
		}
	}
	w.Flush()
	path := filepath.Join(t.TempDir(), "报送表.csv")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// messyScore counts fields over many lists.
type messyScore struct {
	lists, works, taken, lost  int
	fields, wrong, wrongSilent int
	samples                    []string
}

// compare holds the works taken against those that were written: a row is found by its place in their order, and one
// that was refused is no lost one, since a problem tells of it.
func (s *messyScore) compare(t *testing.T, seed uint64, m *messy, rows []WorkRow, sheets []ledger.Account) {
	t.Helper()
	s.lists++
	s.works += len(m.works)
	texts := 0
	for _, a := range sheets {
		if texts += a.Rows; !a.AddsUp() {
			t.Errorf("seed %d: %+v", seed, a)
		}
	}
	if texts != m.texts {
		t.Errorf("seed %d: %d rows of text, %d in the account", seed, m.texts, texts)
	}
	if len(rows) != len(m.works) {
		s.lost += max(len(m.works)-len(rows), 0)
		s.wrongSilent += max(len(rows)-len(m.works), 0)
		s.note(seed, fmt.Sprintf("%d works, %d rows", len(m.works), len(rows)))
		return
	}
	for i, row := range rows {
		if row.Rejected() {
			continue
		}
		s.taken++
		w, got := m.works[i], row.Work
		for _, f := range []struct{ name, want, got string }{
			{"title", w.Title, got.Title}, {"author", strings.Join(w.Authors, "+"), strings.Join(got.Authors, "+")},
			{"unit", w.Unit, got.Unit}, {"category", w.Category, got.Category}, {"group", w.Group, got.Group},
			{"phone", w.Phone, got.Phone}, {"teacher", strings.Join(w.Teachers, "+"), strings.Join(got.Teachers, "+")},
		} {
			if s.fields++; f.want == f.got {
				continue
			}
			other := func(p judging.Problem) bool { return p.Text != "sheet.no_group" }
			if s.wrong++; !slices.ContainsFunc(row.Problems, other) {
				s.wrongSilent++
			}
			s.note(seed, fmt.Sprintf("row %d %s: %q, not %q", got.Source.Row, f.name, f.got, f.want))
		}
	}
}

func (s *messyScore) note(seed uint64, text string) {
	if len(s.samples) < 30 {
		s.samples = append(s.samples, fmt.Sprintf("seed %d: %s", seed, text))
	}
}

// TestMessyListsAreReadOrTold measures how much of what is taken without a word is right, and that nothing is lost.
// FAYI_MESSY=2000 tries as many lists; the suite tries 200.
func TestMessyListsAreReadOrTold(t *testing.T) {
	lists := 200
	if n, err := strconv.Atoi(os.Getenv("FAYI_MESSY")); err == nil {
		lists = n
	}
	var s messyScore
	for seed := range uint64(lists) {
		m := &messy{r: rand.New(rand.NewPCG(seed, 20261129))}
		m.sheet()
		var sheets []ledger.Account
		opt := mapping.Options{Account: func(a ledger.Account) { sheets = append(sheets, a) }}
		r := readBy(t, m.write(t), caseRules, opt)
		s.compare(t, seed, m, r.rows, sheets)
	}
	precision := 1 - float64(s.wrongSilent)/float64(max(s.fields, 1))
	t.Logf("%d lists, %d works, %d taken, %d lost; %d fields, %d wrong, %d of them silently: precision %.5f",
		s.lists, s.works, s.taken, s.lost, s.fields, s.wrong, s.wrongSilent, precision)
	if precision < 0.999 || s.lost > 0 || s.taken*100 < s.works*97 {
		t.Errorf("\n%s", strings.Join(s.samples, "\n"))
	}
}
