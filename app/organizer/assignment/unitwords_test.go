package assignment

import (
	"strings"
	"testing"

	"fayi/app/organizer/pagetest"
	"fayi/judging"
)

func TestAUnitTypedSaysWhatItTouches(t *testing.T) {
	works := []judging.Work{
		{Unit: "松林镇中心小学（示例）"}, {Unit: "松林镇中心小学（示例）"}, {Unit: "松林镇司法所"}, {Sender: "教育局"},
	}
	for typed, want := range map[string]string{
		"松林镇中心小学（示例）":   "有 2 件作品",
		" 松林镇中心小学(示例) ": "有 2 件作品",
		"教育局":           "有 1 件作品",
		"松林镇中心小学":       "相近的有：松林镇中心小学（示例）",
		"松林镇":           "相近的有：松林镇中心小学（示例）、松林镇司法所",
		"不存在":           "没有作品是这个单位的",
		"":              "写单位全称",
	} {
		if got := unitWords(pagetest.Chinese(t), works, typed); !strings.Contains(got, want) {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}
