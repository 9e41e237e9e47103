package match

import (
	"fmt"
	"math/rand/v2"
	"path"
	"strings"
)

// noiseSet is the noise model: a list of works, the files that their senders would send, and which file is whose.
// docs/noise.md says in words what it does and why; every share below is of works or files, and can be changed to
// see what the matching makes of it.
//
// Works: 60 units. Titles are put together of 90 words; 15 in 100 works bear one of 48 favourite titles, so that
// many are shared. Names are drawn by how common surnames are, a third with one given character, so that namesakes
// occur. 12 in 100 works are a second work of the same author.
//
// Files: each unit has a habit (order, sign, folders); single files depart from it. See style and spoil.
type noiseSet struct {
	dice  *rand.Rand
	rows  []Row
	files []Candidate
	truth []int    // file -> row, -1 for a file of nobody
	kinds []string // file -> how it was named
	known map[string]bool
}

// habit is how one unit names its files.
type habit struct {
	unit, sign string
	style      int
	unitFolder bool
	kindFolder bool
	numbers    string // "" for none; else a pattern
}

var (
	noiseUnits = noiseUnitNames()
	noiseWords = words(
		`宪法 法治 守望 平安 公正 天平 春风 家园 清廉 正气 阳光 青春 梦想 使命 初心 乡村 田野 校园 少年 祖国 时代 光明 和谐 诚信 责任 力量 脚步 晨曦 星火 灯塔 远航 长城 江河 大地 丰碑 誓言 底线 规矩 明灯 担当 信仰 传承 希望 记忆 岁月 山川 花开 金盾 剑胆 琴心 丹青 墨韵 民法 典章 权利 义务 邻里 调解 禁毒 反诈 防溺水 交规 安全 文明 礼让 斑马线 红绿灯 法庭 律师 法官 检察 警徽 天网 童心 母亲 父亲 老师 同桌 小区 街道 窗口 老街 渔港 茶园 稻香 古镇 新风 乡音 月光`,
	)
	noiseLinks = words(`之 与 的 在我心中 伴我行 进 走进 守护 照亮 里的 下的 颂 之歌 之光 之约 如 同行 在身边 的故事 点亮`)
	noiseLoved = words(
		`宪法在我心中 法治之光 宪法伴我成长 与法同行 法治中国 知法守法 尊法学法守法用法 法在身边 平安校园 弘扬宪法精神 依法治国 公平正义 学宪法讲宪法 民法典进万家 守护青春 远离毒品 我与宪法 禁毒 法治梦 天平 家风 清风 清廉如水 正义之光 法治春风 美好生活民法典相伴 我是小小普法员 拒绝校园欺凌 反诈在行动 法治乡村 为法治喝彩 法治阳光 法润童心 厉行法治 扬清风 德法同行 诚信 廉洁 和谐 中国梦法治梦 法律伴我行 安全出行 文明出行 守法歌 法治长卷 光荣与梦想 一起向未来 红领巾学法`,
	)
	noiseKinds = words("书法 绘画 摄影 征文 诗歌 歌曲 微视频 剪纸 动漫")
	noiseGiven = []rune(
		"伟芳娜敏静秀丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红建国志文斌鹏辉鑫宇晨欣怡佳雨轩梓涵子浩然思远一诺语桐博睿俊熙雅婷若曦诗琪天泽嘉懿明哲立轩苏弘文致远修洁黎昕煜祺智宸正豪昊然志泽明杰弘文熠彤鸿煊烨霖",
	)
	noiseStamps = []string{
		"-终稿", "（终稿）", "(定稿)", "【最终版】", "_修改版", " - 副本", "(1)", "（2）", "-原图", "_copy", "(最终)", " 新", "-扫描件", "[1]",
	}
	noiseOpaque = []string{
		"微信图片_2020%04d%04d", "IMG_%04d%04d", "mmexport15%04d%04d", "扫描%04d%04d", "DSC%04d%04d", "新建文件%d%d",
	}
	noiseForms   = words("报名表 承诺书 授权书 登记表 作品说明")
	noiseEndings = map[string][]string{
		"书法":  words(".jpg .JPG .png .jpeg"),
		"绘画":  words(".jpg .png"),
		"摄影":  words(".jpg .JPG .tif"),
		"征文":  words(".docx .doc .pdf .txt"),
		"诗歌":  words(".docx .txt"),
		"歌曲":  words(".mp3 .wav"),
		"微视频": words(".mp4 .MP4 .mov"),
		"剪纸":  words(".jpg"),
		"动漫":  words(".mp4 .png"),
	}
)

func noiseUnitNames() []string {
	var out []string
	for _, place := range words("甲山县 乙水县 丙州市 丁河区") {
		for _, n := range words("一 二 三 四 五 六") {
			out = append(out, place+"第"+n+"中学", place+"第"+n+"小学")
		}
		out = append(out, place+"实验小学", place+"文化馆", place+"职业学校")
	}
	return out
}

func oneOf[T any](d *rand.Rand, list []T) T { return list[d.IntN(len(list))] }

// chance is true p times in a hundred.
func chance(d *rand.Rand, p float64) bool { return d.Float64()*100 < p }

// newNoiseSet makes n works and their files; same n and seed, same names.
func newNoiseSet(n int, seed uint64) *noiseSet {
	m := &noiseSet{dice: rand.New(rand.NewPCG(seed, 17))}
	habits := make([]habit, len(noiseUnits))
	for i, u := range noiseUnits {
		habits[i] = m.habit(u)
	}
	for i := range n {
		m.work(i, habits[i*len(habits)/n])
	}
	for i, r := range m.rows {
		if !chance(m.dice, 5) { // works without a file
			m.send(i, r, habits[i*len(habits)/n])
		}
	}
	for range n / 25 {
		m.nobody(habits)
	}
	for range n / 200 {
		m.swapped(habits)
	}
	m.dice.Shuffle(len(m.files), func(i, j int) {
		m.files[i], m.files[j] = m.files[j], m.files[i]
		m.truth[i], m.truth[j] = m.truth[j], m.truth[i]
		m.kinds[i], m.kinds[j] = m.kinds[j], m.kinds[i]
	})
	return m
}

func (m *noiseSet) habit(unit string) habit {
	d := m.dice
	h := habit{
		unit:       unit,
		sign:       oneOf(d, []string{"-", "-", "+", "_", "、", " ", "", "——", "·"}),
		style:      d.IntN(100),
		unitFolder: chance(d, 70),
		kindFolder: chance(d, 35),
	}
	if chance(d, 35) {
		h.numbers = oneOf(d, []string{"%03d", "%d", "JY-%03d", "2020%04d", "SF%03d"})
	}
	return h
}

func (m *noiseSet) name() string {
	d := m.dice
	runes := []rune(surnames)
	at := int(float64(len(runes)) * d.Float64() * d.Float64() * d.Float64())
	name := string(runes[at]) + string(oneOf(d, noiseGiven))
	if chance(d, 68) {
		name += string(oneOf(d, noiseGiven))
	}
	return name
}

func (m *noiseSet) title() string {
	d := m.dice
	switch k := d.IntN(100); {
	case k < 15:
		return oneOf(d, noiseLoved)
	case k < 45:
		return oneOf(d, noiseWords) + oneOf(d, noiseLinks) + oneOf(d, noiseWords)
	case k < 60:
		return oneOf(d, noiseWords) + oneOf(d, noiseWords)
	case k < 75:
		return "《" + oneOf(d, noiseWords) + oneOf(d, noiseLinks) + "》"
	case k < 90:
		return oneOf(d, noiseWords) + oneOf(d, noiseWords) + oneOf(d, noiseLinks) + oneOf(d, noiseWords)
	}
	return oneOf(d, noiseWords) + oneOf(d, noiseWords) + "，" + oneOf(d, noiseWords) + oneOf(d, noiseWords)
}

// work adds one row; 12 in 100 are a second work of the author before, 6 in 100 have two authors.
func (m *noiseSet) work(i int, h habit) {
	d := m.dice
	r := Row{
		Title:    m.title(),
		Authors:  []string{m.name()},
		Category: oneOf(d, noiseKinds),
		Units:    []string{h.unit},
		From:     "来稿/" + h.unit + "/汇总表.xlsx",
	}
	if i > 0 && chance(d, 12) && m.rows[i-1].Units[0] == h.unit {
		r.Authors = m.rows[i-1].Authors
	}
	if chance(d, 6) {
		r.Authors = append(r.Authors[:1:1], m.name())
	}
	if chance(d, 40) {
		r.Teachers = []string{m.name()}
	}
	if h.numbers != "" {
		r.Number = fmt.Sprintf(h.numbers, i%300+1)
	}
	m.rows = append(m.rows, r)
}

// send names the files of one work: mostly one, 8 in 100 a series of two to four, and 5 in 100 a form besides.
func (m *noiseSet) send(i int, r Row, h habit) {
	d := m.dice
	if chance(d, 4) { // its sheet gives the file's name
		at := fmt.Sprintf("IMG_%06d", d.IntN(1_000_000))
		m.rows[i].FileName = at + ".JPG"
		m.put(h, r, at, oneOf(d, []string{".JPG", ".jpg", ".png"}), i, "sheet")
		return
	}
	text, kind := m.style(i, r, h)
	if chance(d, 8) {
		for n := range 2 + d.IntN(3) {
			m.put(h, r, text+fmt.Sprintf(oneOf(d, []string{"%d", "-%d", "(%d)", "_%d"}), n+1), "", i, kind)
		}
	} else {
		m.put(h, r, text, "", i, kind)
	}
	if chance(d, 5) {
		m.put(h, r, r.Authors[0]+h.sign+plain(r.Title)+h.sign+oneOf(d, noiseForms), ".pdf", i, "form")
	}
}

func plain(title string) string { return strings.Trim(title, "《》") }

// style names a file as its sender does, before noise.
func (m *noiseSet) style(i int, r Row, h habit) (text, kind string) {
	d := m.dice
	title := m.spoilTitle(plain(r.Title))
	author := m.spoilName(strings.Join(r.Authors, oneOf(d, []string{"、", " ", "和"})))
	k := h.style
	if chance(d, 25) {
		k = d.IntN(100)
	}
	join := func(parts ...string) string {
		d.Shuffle(len(parts), func(a, b int) { parts[a], parts[b] = parts[b], parts[a] })
		return strings.Join(parts, h.sign)
	}
	switch {
	case chance(d, 1): // nothing to go by
		return fmt.Sprintf(oneOf(d, noiseOpaque), d.IntN(10000), d.IntN(10000)), "opaque"
	case k < 35:
		return join(title, author), "title+author"
	case k < 60:
		return join(title, author, oneOf(d, []string{h.unit, m.short(h.unit)}), r.Category), "title+author+unit"
	case k < 66:
		return "《" + title + "》" + author, "title+author"
	case k < 72 && len(r.Teachers) > 0:
		return join(title, author, "指导老师"+r.Teachers[0]), "title+author+teacher"
	case k < 80 && r.Number != "":
		return oneOf(d, []string{r.Number, r.Number + h.sign + title, r.Number + " " + author}), "number"
	case k < 85:
		return title, "title"
	case k < 89:
		return join(author, r.Category, m.short(h.unit)), "author+unit"
	case k < 94:
		return author + h.sign + title + "/" + oneOf(d, []string{"1", "作品", "IMG_0012", "图片1", "正面"}), "folder"
	case k < 97:
		return strings.Join(syllables([]rune(r.Authors[0]), true), "") + oneOf(d, []string{"_", "-", " "}) + title, "pinyin author"
	}
	return strings.Join(syllables([]rune(word(r.Title)), false), "") + "-" +
		strings.Join(syllables([]rune(r.Authors[0]), true), ""), "pinyin"
}

func (m *noiseSet) short(unit string) string {
	names := unitNames(unit)
	return names[m.dice.IntN(len(names))]
}

// spoilTitle makes slips: of titles of five characters or more, 5 in 100 have one character wrong, missing, added
// or swapped; 2 in 100 are cut short.
func (m *noiseSet) spoilTitle(title string) string {
	d := m.dice
	t := []rune(title)
	if len(t) < 5 || !chance(d, 7) {
		return title
	}
	i := 1 + d.IntN(len(t)-2)
	switch d.IntN(7) {
	case 0, 1:
		t[i] = oneOf(d, noiseGiven)
	case 2:
		t = append(t[:i], t[i+1:]...)
	case 3:
		t = append(t[:i:i], append([]rune{oneOf(d, noiseGiven)}, t[i:]...)...)
	case 4:
		t[i], t[i+1] = t[i+1], t[i]
	default:
		t = t[:max(4, len(t)*2/3)]
	}
	return string(t)
}

// spoilName changes the last character of one name in a hundred.
func (m *noiseSet) spoilName(name string) string {
	if t := []rune(name); len(t) > 2 && chance(m.dice, 1) {
		t[len(t)-1] = oneOf(m.dice, noiseGiven)
		return string(t)
	}
	return name
}

// put adds a file with what systems and senders add to names, in the folders of its unit.
func (m *noiseSet) put(h habit, r Row, text, ending string, row int, kind string) {
	d := m.dice
	if ending == "" {
		ending = oneOf(d, noiseEndings[r.Category])
		if chance(d, 4) {
			ending = oneOf(d, []string{".dat", ".txt", ".jpg.jpg", ".png", ""})
		}
	}
	if kind != "sheet" && chance(d, 25) {
		text += oneOf(d, noiseStamps)
	}
	if kind != "sheet" && kind != "folder" && chance(d, 5) {
		text = wide(text)
	}
	dir := "来稿"
	if h.unitFolder {
		dir = path.Join(dir, h.unit)
	}
	if h.kindFolder {
		dir = path.Join(dir, r.Category)
	}
	m.files = append(m.files, Candidate{Path: dir + "/" + text + ending})
	m.truth, m.kinds = append(m.truth, row), append(m.kinds, kind)
}

// wide turns letters and digits into full-width ones.
func wide(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' {
			return r + 0xFEE0
		}
		return r
	}, s)
}

// nobody adds a file of nobody on the list: a third bear a title that somebody else's work has, a sixth the name of
// an author on the list with a title that is not, the others nothing that is known.
func (m *noiseSet) nobody(habits []habit) {
	d := m.dice
	h := oneOf(d, habits)
	r := Row{
		Title:    m.title() + oneOf(d, words("（续） 小记 随想 杂谈 纪事")),
		Authors:  []string{m.name()},
		Category: oneOf(d, noiseKinds),
	}
	switch d.IntN(6) {
	case 0, 1:
		r.Title = oneOf(d, m.rows).Title
	case 2:
		r.Authors = oneOf(d, m.rows).Authors[:1]
	}
	if m.named(r.Title, r.Authors[0]) {
		return // by chance somebody's after all
	}
	m.put(h, r, plain(r.Title)+h.sign+r.Authors[0], "", -1, "nobody")
}

// named reports whether there is a work of this title and author.
func (m *noiseSet) named(title, author string) bool {
	if m.known == nil {
		m.known = map[string]bool{}
		for _, r := range m.rows {
			for _, a := range r.Authors {
				m.known[word(r.Title)+"/"+a] = true
			}
		}
	}
	return m.known[word(title)+"/"+author]
}

// swapped adds a file with one work's title and another's author: nobody can tell whose it is.
func (m *noiseSet) swapped(habits []habit) {
	a, b := oneOf(m.dice, m.rows), oneOf(m.dice, m.rows)
	if m.named(a.Title, b.Authors[0]) {
		return
	}
	m.put(oneOf(m.dice, habits), a, plain(a.Title)+"-"+b.Authors[0], "", -1, "swapped")
}
