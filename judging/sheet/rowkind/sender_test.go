package rowkind

import (
	"testing"
)

func TestSendersAreReadAboveTheTable(t *testing.T) {
	for _, c := range []struct {
		cells []string
		want  string
		sure  bool
	}{
		{[]string{"填报单位：某某中学"}, "某某中学", true},
		{[]string{"填报单位（盖章）：某某中学    填表人：甲某某    联系电话：13800138000"}, "某某中学", true},
		{[]string{"报送单位:", "某某镇人民政府", "联系人：", "甲某"}, "某某镇人民政府", true},
		{[]string{"选送单位", "某某局"}, "某某局", true},
		{[]string{"报送单位：某某中学填报人：甲某"}, "某某中学", true},
		{[]string{"单位名称（公章）：某某小学 2020年5月12日"}, "某某小学", false},
		{[]string{"填报单位（盖章）：____________"}, "", false},
		{[]string{"填报单位：", "联系人：甲某"}, "", false},
		{[]string{"单位", "学校"}, "", false},
		{[]string{"法治文化作品汇总表"}, "", false},
	} {
		if got, sure := SenderIn(c.cells); got != c.want || got != "" && sure != c.sure {
			t.Errorf("%q: %q %v", c.cells, got, sure)
		}
	}
}
