package sample

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// media makes the files of one work, each at its path below the folder its sender put it in.
func (c *contest) media(w *work) []file {
	var out []file
	for i, path := range c.paths(w) {
		out = append(out, file{path, content(c.dice("media/"+w.book, w.at*10+i), w, c)})
	}
	return out
}

// paths names the files of one work: one, or three of a series of photographs.
func (c *contest) paths(w *work) []string {
	d := c.dice("name/"+w.book, w.at)
	path := c.fileName(d, w)
	series := w.category == "摄影" && strings.Contains(w.title, "组照")
	if !series || w.book == "late" || w.book == "vocational" || c.isNameless(w) {
		return []string{path}
	}
	var out []string
	for i := range 3 {
		out = append(out, fmt.Sprintf("%s-%d%s", strings.TrimSuffix(path, extension(w)), i+1, extension(w)))
	}
	return out
}

// content returns the bytes of a work's file.
func content(d *rand.Rand, w *work, c *contest) []byte {
	switch w.category {
	case "征文", "诗歌":
		return manuscript(d, w, c)
	case "歌曲", "曲艺":
		return tune(d)
	case "微视频":
		return film(d)
	}
	return picture(d, w.category, extension(w))
}

// extension is the one of the work's file; it follows from the work alone.
func extension(w *work) string {
	switch w.category {
	case "征文", "诗歌":
		return pickExt(w, ".docx", ".txt")
	case "歌曲", "曲艺":
		return ".wav"
	case "微视频":
		return ".avi"
	case "摄影":
		return pickExt(w, ".jpg", ".JPG")
	case "动漫":
		return ".png"
	}
	return pickExt(w, ".jpg", ".jpg", ".png")
}

func pickExt(w *work, list ...string) string { return list[len(w.title)/3%len(list)] }

// fileName names a work's file the way its sender does. About three in a hundred say nothing of the work.
func (c *contest) fileName(d *rand.Rand, w *work) string {
	title, author, ext := plainTitle(w.title), w.authors[0], extension(w)
	if c.isNameless(w) {
		return folder(w) + one(d, nameless)(w.at) + ext
	}
	switch w.book {
	case "education":
		styles := []string{w.number, w.number + " " + title, w.category + "-" + title + "-" + author}
		return folder(w) + one(d, styles) + ext
	case "school":
		return folder(w) + title + "-" + author + ext
	case "maple":
		return folder(w) + w.number + "_" + title + ext
	case "culture":
		return folder(w) + author + "/" + title + ext
	case "online":
		return folder(w) + fmt.Sprintf("序号%d_%s_%s", w.at, author, title) + ext
	case "vocational":
		return folder(w) + w.number + ext
	case "city":
		return folder(w) + w.category + "-" + title + "-" + author + ext
	case "township":
		noise := one(d, []string{"(1)", "（终稿）", " 副本", "(1)(终稿)", "-最终版", ""})
		return folder(w) + author + "+" + title + noise + ext
	case "model":
		if c.titles[title] == 1 {
			return folder(w) + "《" + title + "》" + ext
		}
		return folder(w) + author + " " + title + ext
	}
	return folder(w) + w.file
}

// nameless are the names that telephones and programs give.
var nameless = []func(n int) string{
	func(n int) string { return fmt.Sprintf("微信图片_20250311%06d", n*1013) },
	func(n int) string { return fmt.Sprintf("扫描件%d", n) },
	func(n int) string { return fmt.Sprintf("未命名 (%d)", n) },
	func(n int) string { return fmt.Sprintf("IMG_20250312_%06d", n*911) },
}

// isNameless marks 19 of the 640 works, in books whose senders were given no rule.
func (c *contest) isNameless(w *work) bool {
	return slices.Contains([]string{"education", "online", "township", "model"}, w.book) && w.at%15 == 4
}

// folder is where the sender put the work.
func folder(w *work) string {
	switch w.book {
	case "education":
		return "教育局/" + w.category + "/"
	case "school":
		return "第三中学/" + w.category + "类/"
	case "vocational":
		return w.category + "/"
	case "city":
		return "城区/" + w.unit + "/"
	}
	return map[string]string{
		"maple":    "枫桥镇",
		"culture":  "文化馆",
		"online":   "网上报名附件",
		"township": "乡镇",
		"model":    "样板镇",
		"late":     "补报",
	}[w.book] + "/"
}

// plainTitle is a title without what file names can't hold, and without its book marks.
func plainTitle(title string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`\/:*?"<>|《》`, r) {
			return -1
		}
		return r
	}, title)
}
