package judging_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// layers is the architecture as a table: which packages of the project each package may import. A package that
// stands nowhere fails the test: give it a room here first. A trailing /... allows
// all below as well.
var layers = map[string][]string{
	"assets":           {},
	"assets/fonts":     {},
	"assets/headers":   {},
	"assets/icons":     {},
	"assets/plaintest": {},
	"assets/rubrics":   {},
	"assets/sample":    {},
	"assets/web":       {},
	"judging": {
		"judging/audience", "judging/filetype", "judging/live", "judging/terms", "judging/text", "judging/voting",
	},
	"judging/audience": {"judging/terms"},
	"judging/voting":   {"judging/terms"},
	"judging/terms":    {"judging/text"},
	"judging/award":    {"judging", "judging/terms", "judging/voting"},
	"judging/superior": {"judging"},
	"judging/text":     {},
	"judging/consent":  {"judging"},
	"judging/kitmark":  {"judging"},
	"judging/parcel": {
		"assets/web", "judging", "judging/consent", "judging/kitmark", "judging/media/archive",
		"judging/sheet/celltext", "judging/superior",
	},
	"judging/filetype":    {"judging/text"},
	"judging/assign":      {"internal/unionfind", "judging", "judging/assign/flat"},
	"judging/assign/flat": {},
	"judging/stats": {
		"internal/unionfind", "judging", "judging/stats/krippendorff", "judging/stats/prior", "judging/stats/squarem",
		"judging/stats/steps", "judging/stats/tails",
	},
	"judging/hints":              {"judging/stats"},
	"judging/shapes":             {"judging/stats"},
	"judging/comparison":         {"internal/unionfind", "judging"},
	"judging/stats/fleiss":       {},
	"judging/stats/krippendorff": {},
	"judging/stats/prior":        {},
	"judging/stats/squarem":      {},
	"judging/stats/steps":        {},
	"judging/stats/tails":        {},
	"judging/diploma":            {"assets/fonts", "judging", "judging/text"},
	"judging/letter":             {"judging/text"},
	"judging/collect": {
		"judging", "judging/consent", "judging/kitmark", "judging/letter", "judging/sheet/formkey", "judging/text",
	},
	"judging/release": {"internal/regular", "judging"},
	"judging/store":   {"internal/atomicfile", "internal/plainjson", "internal/regular", "judging"},
	"judging/store/bolt": {
		"internal/atomicfile", "internal/regular", "judging", "judging/store", "judging/store/archive",
		"judging/store/seal",
	},
	"judging/store/mirror":  {"internal/atomicfile", "judging", "judging/store"},
	"judging/store/archive": {"internal/atomicfile", "judging", "judging/store", "judging/tries"},
	"judging/tries": {
		"internal/atomicfile", "internal/filelock", "internal/regular", "judging",
	},
	"judging/store/seal":      {"judging"},
	"judging/sheet/numfmt":    {},
	"judging/sheet/tags":      {"internal/bomb"},
	"judging/sheet/delimited": {},
	"judging/sheet/grid":      {"internal/bomb", "judging", "judging/sheet/numfmt"},
	"judging/sheet/biff":      {"judging", "judging/sheet/grid", "judging/text"},
	"judging/sheet/read": {
		"internal/bomb", "internal/regular", "judging", "judging/filetype", "judging/sheet/biff",
		"judging/sheet/delimited", "judging/sheet/grid", "judging/sheet/numfmt", "judging/sheet/tags",
		"judging/text",
	},
	"judging/sheet/formkey":  {"judging/kitmark", "judging/sheet/grid"},
	"judging/sheet/ledger":   {"judging"},
	"judging/sheet/propose":  {"judging"},
	"judging/sheet/mendlist": {"judging", "judging/sheet/grid", "judging/sheet/read", "judging/text"},
	"judging/sheet/celltext": {"judging", "judging/sheet/grid", "judging/sheet/propose"},
	"judging/sheet/field":    {"assets/headers", "judging", "judging/sheet/celltext"},
	"judging/sheet/mapping": {
		"judging", "judging/kitmark", "judging/sheet/field", "judging/sheet/ledger", "judging/sheet/propose",
	},
	"judging/sheet/rowkind": {
		"judging", "judging/sheet/celltext", "judging/sheet/grid", "judging/sheet/read",
	},
	"judging/sheet/segment": {
		"judging", "judging/sheet/celltext", "judging/sheet/field", "judging/sheet/grid", "judging/sheet/mapping",
		"judging/sheet/rowkind",
	},
	"judging/sheet/evidence": {
		"internal/matching", "judging", "judging/sheet/celltext", "judging/sheet/field", "judging/sheet/grid",
		"judging/sheet/mapping", "judging/sheet/rowkind", "judging/sheet/segment",
	},
	"judging/sheet/table": {
		"judging", "judging/consent", "judging/kitmark", "judging/sheet/celltext", "judging/sheet/evidence",
		"judging/sheet/field", "judging/sheet/formkey", "judging/sheet/grid", "judging/sheet/ledger",
		"judging/sheet/mapping", "judging/sheet/propose",
		"judging/sheet/read",
		"judging/sheet/rowkind", "judging/sheet/segment",
	},

	"judging/sheet/score": {
		"internal/bomb", "internal/regular", "judging", "judging/filetype", "judging/sheet/delimited",
		"judging/sheet/grid", "judging/sheet/ledger", "judging/sheet/read", "judging/sheet/rowkind", "judging/terms",
		"judging/text",
	},
	"judging/sheet/matrix": {
		"judging", "judging/audience", "judging/sheet/grid", "judging/sheet/paper", "judging/terms", "judging/voting",
	},
	"judging/sheet/forms": {
		"internal/bomb", "judging", "judging/sheet/field", "judging/sheet/grid", "judging/sheet/mapping",
		"judging/sheet/paper", "judging/sheet/read", "judging/sheet/table", "judging/text",
	},
	"judging/sheet/paper": {
		"judging", "judging/sheet/grid", "judging/sheet/score", "judging/terms", "judging/text", "judging/voting",
	},
	"judging/sheet/sheettest": {"judging"},
	"judging/sheet/messy":     {"judging"},
	"judging/media": {
		"internal/regular", "judging", "judging/filetype", "judging/media/internal/fault", "judging/media/picture",
		"judging/media/prose", "judging/media/sound",
	},
	"judging/media/archive": {
		"internal/bomb", "internal/regular", "judging", "judging/filetype", "judging/media/internal/fault",
		"judging/text",
	},
	"judging/media/match": {"internal/unionfind", "judging", "judging/text"},
	"judging/media/picture": {
		"judging", "judging/filetype", "judging/media/internal/fault", "judging/media/jpegscale",
	},
	"judging/media/prose": {
		"internal/bomb", "judging", "judging/filetype", "judging/media/internal/fault", "judging/text",
	},
	"judging/media/likeness":       {"judging", "judging/media/picture"},
	"judging/media/mediatest":      {},
	"judging/media/internal/fault": {"judging"},
	"judging/media/sound":          {"judging", "judging/media/internal/fault"},
	"judging/media/play": {
		"judging", "judging/filetype", "judging/media", "judging/media/sound",
	},
	"judging/media/pdf": {
		"judging", "judging/media/scrub", "judging/media/scrub/pictures", "judging/media/trace",
	},
	"judging/media/trace":            {"judging"},
	"judging/media/internal/xmltree": {"judging/media/trace"},
	"judging/media/scrub/pictures":   {"judging", "judging/media/trace"},
	"judging/media/scrub/recordings": {"judging", "judging/media/scrub/pictures", "judging/media/trace"},
	"judging/media/scrub/documents": {
		"internal/bomb", "judging", "judging/media/internal/xmltree", "judging/media/trace",
	},
	"judging/media/scrub": {
		"internal/bomb", "judging", "judging/filetype", "judging/media/internal/xmltree",
		"judging/media/scrub/documents", "judging/media/scrub/pictures", "judging/media/scrub/recordings",
		"judging/media/trace",
	},
	"judging/sample": {"assets/sample", "judging", "judging/sheet/paper"},
	"judging/prepare": {
		"assets/rubrics", "internal/atomicfile", "judging", "judging/day", "judging/letter", "judging/office/rules",
		"judging/store",
	},
	"judging/store/replica":         {"judging", "judging/store", "judging/store/seal"},
	"judging/store/replica/logtest": {"judging", "judging/store", "judging/store/replica"},
	"judging/store/replica/etcdlog": {"internal/regular", "judging", "judging/store/replica"},
	"judging/store/replica/pglog":   {"judging", "judging/store/replica"},
	"judging/store/replica/lanlog":  {"judging", "judging/store", "judging/store/bolt", "judging/store/replica"},
	"judging/store/depot":           {"internal/atomicfile", "judging", "judging/store"},
	"judging/store/depot/folder": {
		"internal/atomicfile", "internal/regular", "judging", "judging/store", "judging/store/depot",
	},
	"judging/store/depot/s3":        {"internal/regular", "judging", "judging/store/depot"},
	"judging/store/depot/depottest": {"judging", "judging/store/depot", "judging/store/replica/logtest"},
	"judging/store/replica/faults":  {},
	"judging/sharing": {
		"internal/atomicfile", "internal/regular", "judging", "judging/store", "judging/store/depot",
		"judging/store/depot/folder", "judging/store/depot/s3", "judging/store/replica",
		"judging/store/replica/etcdlog", "judging/store/replica/lanlog", "judging/store/replica/pglog",
	},
	"judging/sealing": {
		"internal/atomicfile", "internal/regular", "judging", "judging/office", "judging/office/access",
		"judging/sharing", "judging/store", "judging/store/archive", "judging/store/bolt", "judging/store/depot",
		"judging/store/replica",
		"judging/store/seal", "judging/tries",
	},
	"judging/room/sign": {},
	"judging/room": {
		"assets/web", "judging", "judging/filetype", "judging/media", "judging/media/pdf", "judging/media/picture",
		"judging/media/prose", "judging/office/comparisons", "judging/office/live", "judging/office/passes",
		"judging/office/workfiles",
		"judging/room/sign", "judging/room/watch",
	},
	"judging/room/watch": {"judging", "judging/office/live"},
	"judging/room/lan":   {},
	"judging/room/cert":  {"internal/regular", "judging"},
	"judging/room/plain": {},
	"judging/room/host": {
		"internal/atomicfile", "judging", "judging/diploma", "judging/media/pdf", "judging/office",
		"judging/office/passes", "judging/room", "judging/room/cert", "judging/room/client", "judging/room/lan",
		"judging/room/plain",
	},
	"judging/sending": {
		"internal/atomicfile", "internal/diskspace", "internal/regular", "judging", "judging/filetype",
		"judging/kitmark", "judging/media/archive", "judging/office/sending", "judging/parcel", "judging/sheet/grid",
		"judging/sheet/read", "judging/store",
	},
	"judging/room/client": {"judging", "judging/room", "judging/room/sign"},
	"judging/hall": {
		"assets/web",
		"internal/atomicfile", "internal/filelock", "internal/regular", "judging", "judging/media/pdf",
		"judging/office", "judging/office/live", "judging/office/passes", "judging/room", "judging/room/cert",
		"judging/room/sign", "judging/sealing", "judging/store/seal",
		"judging/office/sending", "judging/sending",
	},
	"judging/sending/host": {
		"judging", "judging/office", "judging/office/sending", "judging/room/cert", "judging/room/host",
		"judging/sending",
	},
	"internal/diskspace": {},
	"internal/measure":   {},
	"internal/plainjson": {},
	"judging/room/roomtest": {
		"assets", "assets/rubrics", "judging", "judging/media/mediatest", "judging/media/pdf", "judging/office",
		"judging/live", "judging/office/assignment", "judging/office/intake", "judging/office/passes",
		"judging/office/rules", "judging/room", "judging/store", "judging/store/bolt", "judging/terms",
		"judging/voting",
	},
	"judging/judgetest":          {"judging", "judging/store", "judging/store/bolt"},
	"judging/judgetest/anyrules": {},
	"judging/packet": {
		"internal/atomicfile", "internal/filelock", "internal/regular", "judging", "judging/filetype",
		"judging/terms", "judging/tries",
	},
	"judging/worker": {"judging", "internal/regular"},

	// The stages of a contest in their order: each may look down at the ones before it.
	"judging/office": {
		"internal/regular", "judging", "judging/day", "judging/office/...", "judging/packet", "judging/sheet/mapping",
		"judging/store", "judging/store/archive", "judging/superior", "judging/terms", "judging/voting",
	},
	"judging/office/internal/copied":   {"judging"},
	"judging/office/internal/counting": {"internal/plainjson", "judging", "judging/award", "judging/store"},
	"judging/office/internal/journal":  {"judging", "judging/store"},
	"judging/office/internal/records": {
		"internal/atomicfile", "internal/regular", "judging", "judging/award", "judging/day", "judging/media/pdf",
		"judging/office/internal/copied", "judging/office/internal/counting", "judging/office/internal/journal",
		"judging/office/internal/sets", "judging/office/internal/tally", "judging/office/internal/thumbs",
		"judging/office/internal/votelists", "judging/sheet/ledger", "judging/sheet/mapping", "judging/sheet/paper",
		"judging/store", "judging/superior", "judging/terms", "judging/tries",
	},
	"judging/office/internal/votelists": {"judging", "judging/award", "judging/store", "judging/terms"},
	"judging/office/internal/identity":  {"judging"},
	"judging/office/internal/sets": {
		"internal/atomicfile", "internal/regular", "judging", "judging/store",
	},
	"judging/office/internal/revisions": {
		"judging", "judging/office/internal/records", "judging/store", "judging/superior",
	},
	"judging/office/internal/tally":  {"judging", "judging/store"},
	"judging/office/internal/thumbs": {"internal/atomicfile", "internal/regular"},
	"judging/office/internal/turns":  {"judging", "judging/store"},
	"judging/office/internal/pledged": {
		"judging", "judging/office/internal/journal", "judging/office/internal/records", "judging/store",
	},
	"judging/office/signed": {
		"judging", "judging/diploma", "judging/office/internal/journal", "judging/office/internal/pledged",
		"judging/office/internal/records", "judging/office/scoring", "judging/sheet/paper", "judging/store",
	},
	"judging/office/internal/filelist": {
		"judging/office/duplicates", "judging/office/intake", "judging/office/internal/records",
		"judging/office/internal/votelists", "judging/office/review", "judging/office/sending", "judging/store",
		"judging/superior",
	},
	"judging/office/copies": {
		"internal/atomicfile", "judging", "judging/office/internal/filelist",
		"judging/office/internal/records", "judging/office/review", "judging/store",
		"judging/store/archive", "judging/store/mirror",
	},
	"judging/office/internal/papers": {"judging/media/pdf", "judging/worker"},
	"judging/office/access":          {"judging", "judging/office/internal/records", "judging/store", "judging/tries"},
	"judging/office/internal/points": {
		"judging", "judging/award", "judging/day", "judging/office/awards", "judging/office/duplicates",
		"judging/office/hints", "judging/office/internal/compared", "judging/office/internal/pledged",
		"judging/office/internal/records", "judging/office/internal/tally",
		"judging/office/internal/votelists", "judging/office/problems",
		"judging/office/results", "judging/office/review", "judging/office/scoring",
		"judging/office/sending",
		"judging/office/workfiles", "judging/store", "judging/superior",
	},
	"judging/office/workfiles": {
		"judging", "judging/filetype", "judging/media", "judging/media/pdf", "judging/media/picture",
		"judging/media/prose", "judging/office/internal/copied", "judging/office/internal/papers",
		"judging/office/internal/records", "judging/office/internal/thumbs", "judging/store", "judging/worker",
	},
	"judging/office/intake": {
		"judging", "judging/filetype", "judging/kitmark", "judging/media/archive", "judging/media/match",
		"judging/office/internal/identity", "judging/office/internal/records", "judging/office/internal/revisions",
		"judging/office/workfiles", "judging/parcel", "judging/sheet/field", "judging/sheet/grid",
		"judging/sheet/ledger", "judging/sheet/mapping", "judging/sheet/mendlist", "judging/sheet/propose",
		"judging/sheet/read",
		"judging/sheet/table", "judging/store", "judging/superior", "judging/text",
	},
	"judging/office/duplicates": {
		"judging", "judging/filetype", "judging/media/archive", "judging/media/likeness", "judging/media/picture",
		"judging/media/pdf", "judging/media/prose", "judging/office/intake", "judging/office/internal/papers",
		"judging/office/internal/records",
		"judging/office/workfiles", "judging/store", "judging/text", "judging/worker",
	},
	"judging/office/problems": {
		"judging", "judging/office/intake", "judging/office/internal/records", "judging/sheet/field",
		"judging/sheet/grid", "judging/sheet/ledger", "judging/sheet/mapping", "judging/sheet/mendlist",
		"judging/sheet/read", "judging/sheet/table", "judging/store",
	},
	"judging/office/correction": {
		"judging", "judging/award", "judging/consent", "judging/office/intake", "judging/office/internal/records",
		"judging/office/internal/revisions",
		"judging/sheet/grid", "judging/sheet/ledger", "judging/sheet/mapping", "judging/sheet/read",
		"judging/sheet/table", "judging/store",
	},
	"judging/office/review": {
		"judging", "judging/filetype", "judging/media", "judging/media/pdf",
		"judging/media/picture", "judging/media/prose", "judging/media/scrub", "judging/media/trace",
		"judging/office/internal/papers", "judging/office/internal/records", "judging/office/internal/sets",
		"judging/office/workfiles",
		"judging/sheet/paper", "judging/store", "judging/worker",
	},
	"judging/office/assignment": {
		"judging", "judging/assign", "judging/office/intake", "judging/office/internal/records",
		"judging/office/internal/revisions", "judging/sheet/grid", "judging/sheet/ledger", "judging/sheet/mapping",
		"judging/sheet/read", "judging/sheet/table", "judging/store",
	},
	"judging/day":  {"judging"},
	"judging/live": {},
	"judging/office/live": {
		"judging", "judging/award", "judging/live", "judging/office/internal/records",
		"judging/office/internal/turns", "judging/office/offsets", "judging/store",
	},
	"judging/office/internal/compared": {
		"judging", "judging/comparison", "judging/office/internal/records", "judging/store",
	},
	"judging/office/comparisons": {
		"judging", "judging/award", "judging/office/awards", "judging/office/effect",
		"judging/office/internal/compared",
		"judging/office/internal/journal", "judging/office/internal/records", "judging/office/results",
		"judging/office/review", "judging/store",
	},
	"judging/office/hints": {
		"judging", "judging/hints", "judging/office/internal/records", "judging/office/results", "judging/stats",
		"judging/store",
	},
	"judging/office/offsets": {"judging", "judging/office/internal/records", "judging/store"},
	"judging/office/audience": {
		"internal/regular", "judging", "judging/office/internal/records", "judging/office/internal/votelists",
		"judging/sheet/ledger", "judging/sheet/score", "judging/store", "judging/terms",
	},
	"judging/office/doubleentry": {
		"judging", "judging/office/internal/records", "judging/office/internal/tally", "judging/sheet/ledger",
		"judging/sheet/score", "judging/store",
	},
	"judging/office/scoring": {
		"judging", "judging/assign", "judging/award", "judging/office/assignment",
		"judging/office/doubleentry", "judging/office/internal/pledged",
		"judging/office/internal/journal", "judging/office/internal/records", "judging/office/internal/tally",
		"judging/office/internal/sets", "judging/office/internal/turns",
		"judging/office/review",
		"judging/sheet/paper", "judging/store",
	},
	"judging/office/comments": {
		"judging", "judging/office/internal/records", "judging/office/scoring", "judging/sheet/paper",
		"judging/store",
	},
	"judging/office/packets": {
		"internal/regular", "judging", "judging/diploma", "judging/media/picture",
		"judging/office/internal/journal", "judging/office/internal/pledged", "judging/office/internal/records",
		"judging/office/internal/sets", "judging/office/scoring", "judging/office/workfiles", "judging/packet",
		"judging/store",
	},
	"judging/office/passes": {
		"judging", "judging/office/internal/records", "judging/room/cert", "judging/room/sign", "judging/store",
	},
	"judging/office/sending": {
		"judging", "judging/collect", "judging/office/collect", "judging/office/internal/records",
		"judging/room/sign", "judging/sheet/paper", "judging/store",
	},
	"judging/office/collecting": {
		"judging", "judging/office/internal/records", "judging/office/internal/revisions", "judging/office/packets",
		"judging/office/scoring", "judging/packet", "judging/sheet/ledger", "judging/sheet/score", "judging/store",
	},
	"judging/arrival": {"internal/regular", "judging"},
	"judging/mail":    {"judging", "judging/text"},
	"judging/office/collect": {
		"internal/atomicfile", "internal/regular", "judging", "judging/arrival", "judging/collect",
		"judging/diploma", "judging/filetype", "judging/letter", "judging/mail", "judging/media/archive",
		"judging/media/match", "judging/office/correction", "judging/office/intake",
		"judging/office/internal/records", "judging/office/internal/sets", "judging/parcel", "judging/sheet/field",
		"judging/sheet/formkey", "judging/sheet/grid", "judging/sheet/paper", "judging/sheet/propose",
		"judging/sheet/read", "judging/store", "judging/text",
	},
	"judging/office/scoredjudges": {
		"judging", "judging/office/internal/pledged", "judging/office/internal/records",
		"judging/office/internal/revisions", "judging/office/scoring", "judging/store",
	},
	"judging/office/results": {
		"judging", "judging/audience", "judging/award", "judging/office/internal/records",
		"judging/office/internal/votelists", "judging/sheet/matrix", "judging/sheet/paper",
		"judging/stats", "judging/stats/fleiss", "judging/store", "judging/terms", "judging/voting",
	},
	"judging/office/awards": {
		"judging", "judging/assign", "judging/award", "judging/day", "judging/letter", "judging/office/assignment",
		"judging/office/effect", "judging/office/internal/compared", "judging/office/internal/records",
		"judging/office/internal/votelists",
		"judging/office/results", "judging/sheet/paper", "judging/store", "judging/superior", "judging/terms",
	},
	"judging/office/rules": {
		"judging", "judging/award", "judging/diploma", "judging/live", "judging/office/awards",
		"judging/office/effect", "judging/office/internal/records", "judging/office/results", "judging/sheet/paper",
		"judging/store", "judging/terms", "judging/voting",
	},
	"judging/office/effect": {"judging", "judging/award"},
	"judging/exhibition":    {},
	"judging/office/letters": {
		"internal/atomicfile", "judging", "judging/letter", "judging/office/awards", "judging/office/comments",
		"judging/office/internal/records", "judging/office/internal/sets", "judging/office/report",
		"judging/office/results", "judging/sheet/paper", "judging/store", "judging/terms", "judging/text",
	},
	"judging/office/exhibition": {
		"internal/atomicfile", "judging", "judging/consent", "judging/diploma", "judging/exhibition",
		"judging/filetype", "judging/media", "judging/media/scrub", "judging/office/awards",
		"judging/office/collect", "judging/office/internal/records", "judging/office/internal/sets",
		"judging/office/workfiles", "judging/sheet/paper", "judging/store", "judging/terms",
	},
	"judging/office/report": {
		"internal/atomicfile", "internal/regular", "judging", "judging/award", "judging/day", "judging/diploma",
		"judging/letter", "judging/office/awards", "judging/office/intake", "judging/office/internal/records",
		"judging/office/internal/revisions", "judging/office/internal/sets", "judging/office/results",
		"judging/sheet/forms", "judging/sheet/grid", "judging/sheet/ledger", "judging/sheet/mapping",
		"judging/sheet/paper", "judging/sheet/read", "judging/sheet/table", "judging/store", "judging/superior",
	},

	// The widgets, each looking at the ones before it.
	"app/kit/script": {},
	"app/kit/look":   {"assets/fonts"},
	"app/kit/keys":   {},
	"app/kit/lay":    {"app/kit/look"},
	"app/kit":        {"app/kit/look", "app/kit/script"},
	"app/kit/button": {"app/kit/keys", "app/kit/lay", "app/kit/look"},
	"app/kit/chart":  {"app/kit/lay", "app/kit/look", "assets/fonts"},
	"app/kit/choice": {"app/kit/button", "app/kit/keys", "app/kit/lay", "app/kit/look"},
	"app/kit/field": {
		"app/kit", "app/kit/button", "app/kit/choice", "app/kit/keys", "app/kit/lay", "app/kit/look",
		"app/kit/script",
	},
	"app/kit/filter": {"app/kit", "app/kit/choice", "app/kit/field", "app/kit/keys", "app/kit/lay", "app/kit/look"},
	"app/kit/header": {"app/kit/button", "app/kit/lay", "app/kit/look"},
	"app/kit/status": {"app/kit", "app/kit/button", "app/kit/lay", "app/kit/look"},
	"app/listing":    {"app/kit", "app/kit/lay", "judging/diploma", "judging/sheet/paper"},
	"app/drafts":     {"app/kit/draft", "internal/atomicfile", "internal/regular"},
	"app/drawing":    {"app/kit"},
	"app/fullscreen": {"app/kit"},
	"app/chooser": {
		"app/kit", "app/kit/button", "app/kit/field", "app/kit/lay", "app/kit/look", "app/kit/script",
		"app/kit/table", "internal/regular", "judging",
	},
	"app/kit/board": {"app/kit/button", "app/kit/lay", "app/kit/look", "app/kit/status"},
	"app/kit/draft": {"app/kit", "app/kit/choice", "app/kit/field", "app/kit/lay", "app/kit/look", "app/kit/status"},
	"app/kit/ask":   {"app/kit", "app/kit/button", "app/kit/choice", "app/kit/draft", "app/kit/lay", "app/kit/look"},
	"app/kit/mark": {
		"app/kit", "app/kit/field", "app/kit/keys", "app/kit/lay", "app/kit/look", "app/kit/script", "app/kit/status",
	},
	"app/kit/table": {
		"app/kit", "app/kit/button", "app/kit/chart", "app/kit/choice", "app/kit/field", "app/kit/filter",
		"app/kit/keys", "app/kit/lay", "app/kit/look", "app/kit/script", "app/kit/status",
	},
	"app/kit/gallery": {"app/kit/keys", "app/kit/lay", "app/kit/look", "app/kit/table"},
	"app/kit/zoom":    {"app/kit/look"},
	"app/kit/sight":   {},
	"app/kit/kittest": {
		"app/kit", "app/kit/button", "app/kit/choice", "app/kit/lay", "app/kit/look", "app/kit/sight", "assets",
	},
	"app/seal": {
		"app/kit", "app/kit/...", "app/organizer/page", "internal/atomicfile", "judging", "judging/diploma",
		"judging/office", "judging/sealing",
	},
	"app/speaker": {"judging", "judging/media/play"},
	"app/judge": {
		"app/judge/form", "app/judge/pairs", "app/judge/tally", "app/judge/viewer", "app/kit/...", "app/speaker",
		"judging",
		"judging/media/play", "judging/terms", "judging/voting",
	},
	"app/seats":      {"app/kit/...", "judging", "judging/office/comparisons", "judging/office/scoring"},
	"app/judge/form": {"app/kit/...", "judging", "judging/terms", "judging/voting"},
	"app/judge/pairs": {
		"app/judge/viewer", "app/kit/...", "judging", "judging/media/play", "judging/office/comparisons",
	},
	"app/judge/tally":  {"app/kit/...", "judging", "judging/terms"},
	"app/judge/player": {"app/kit/...", "judging", "judging/media/play"},
	"app/judge/viewer": {
		"app/judge/player", "app/kit/...", "internal/regular", "judging", "judging/filetype", "judging/media/pdf",
		"judging/media/picture", "judging/media/play", "judging/media/prose",
	},

	// The organiser's pages: a stage sees what is shared, never another stage; the shell sees them all.
	"app/organizer": {
		"app/kit/...", "app/organizer/...", "judging", "judging/day", "judging/office", "judging/office/report",
		"judging/prepare",
	},
	"app/organizer/page": {
		"app/kit/...", "judging", "judging/filetype", "judging/media/likeness", "judging/media/picture",
		"judging/office", "judging/office/...", "judging/sheet/ledger",
	},
	"app/organizer/pagetest": {
		"app/kit/...", "app/kit/kittest", "assets", "assets/rubrics", "judging", "judging/judgetest",
		"judging/office", "judging/office/assignment", "judging/office/intake", "judging/office/problems",
		"judging/office/rules", "judging/store/bolt",
	},
	"app/organizer/collect": {
		"app/kit/...", "app/organizer/page", "judging", "judging/arrival", "judging/collect", "judging/filetype",
		"judging/mail", "judging/office", "judging/office/collect", "judging/sheet/paper",
	},
	"app/organizer/correction": {
		"app/kit/...", "app/organizer/page", "judging", "judging/consent", "judging/filetype", "judging/office",
		"judging/office/correction",
	},
	"app/organizer/intake": {
		"app/kit/...", "app/organizer/page", "judging", "judging/filetype", "judging/office",
		"judging/office/intake", "judging/office/problems", "judging/sheet/ledger", "judging/sheet/propose",
	},
	"app/organizer/problems": {
		"app/kit/...", "app/organizer/page", "judging", "judging/office", "judging/office/problems",
	},
	"app/organizer/reconcile": {
		"app/kit/...", "app/organizer/page", "judging", "judging/office", "judging/office/intake",
	},
	"app/organizer/works": {
		"app/kit/...", "app/organizer/correction", "app/organizer/page", "judging", "judging/media/picture",
		"judging/office", "judging/office/intake", "judging/office/problems", "judging/office/workfiles",
	},
	"app/organizer/duplicates": {
		"app/kit/...", "app/organizer/page", "judging", "judging/filetype", "judging/media/picture",
		"judging/office", "judging/office/duplicates", "judging/office/intake",
	},
	"app/organizer/review": {
		"app/kit/...", "app/organizer/page", "judging", "judging/filetype", "judging/media/picture",
		"judging/media/prose", "judging/office", "judging/office/intake", "judging/office/review",
		"judging/office/workfiles",
	},
	"app/organizer/rules": {
		"app/kit/...", "app/organizer/page", "internal/atomicfile", "internal/regular", "judging", "judging/audience",
		"judging/award", "judging/live", "judging/office", "judging/office/awards", "judging/office/effect",
		"judging/office/rules",
		"judging/terms", "judging/voting",
	},
	"app/organizer/assignment": {
		"app/kit/...", "app/organizer/page", "judging", "judging/filetype", "judging/office",
		"judging/office/assignment", "judging/office/review",
		"judging/office/scoredjudges",
		"judging/office/scoring", // scores that a conflict declared later touches
	},
	"app/organizer/scoring": {
		"app/speaker", // whether judges would hear anything is said before they come
		"app/kit/...", "app/organizer/page", "judging", "judging/filetype", "judging/media/play", "judging/office",
		"judging/office/assignment", "judging/office/audience", "judging/office/collecting",
		"judging/office/doubleentry", "judging/office/live", "judging/office/packets", "judging/office/scoring",
		"judging/office/signed", "judging/terms",
		"judging/sheet/ledger",
	},
	"app/organizer/stage": {"app/kit/...", "app/organizer/page", "judging", "judging/office", "judging/office/live"},
	"app/organizer/room": {
		"app/kit/...", "app/organizer/page", "assets", "internal/awake", "judging", "judging/diploma",
		"judging/office", "judging/office/passes", "judging/room", "judging/room/host", "judging/room/lan",
	},
	"app/organizer/sending": {
		"app/kit/...", "app/organizer/page", "assets", "internal/awake", "judging", "judging/diploma",
		"judging/office", "judging/office/collect", "judging/office/sending", "judging/sending",
		"judging/sending/host",
	},
	"app/organizer/results": {
		"app/kit/...", "app/organizer/page", "judging", "judging/award", "internal/atomicfile", "judging/office",
		"judging/office/hints", "judging/office/report", "judging/office/results", "judging/terms",
	},
	"app/organizer/awards": {
		"app/kit/...", "app/organizer/page", "judging", "judging/award", "judging/day", "judging/office",
		"judging/office/awards", "judging/office/comparisons", "judging/terms",
	},
	"app/organizer/report": {
		"app/kit/...", "app/organizer/page", "judging", "judging/day", "judging/filetype", "judging/office",
		"judging/office/awards", "judging/office/exhibition", "judging/office/letters", "judging/office/report",
		"judging/office/results", "judging/office/rules",
		"judging/sheet/paper", "judging/superior",
	},

	"docs": {},
	"app/rescue": {
		"app/kit/...", "app/organizer/page", "internal/regular", "judging", "judging/office", "judging/sealing",
		"judging/store/archive",
	},
	"app/settings": {
		"app/kit/...", "app/organizer/page", "app/seal", "app/shared", "internal/atomicfile", "judging",
		"judging/diploma", "judging/office", "judging/sealing", "judging/store/archive", "judging/store/mirror",
	},
	"app/shared": {
		"app/kit/...", "app/organizer/page", "app/seal", "judging", "judging/office", "judging/room/lan",
		"judging/sealing", "judging/sharing",
	},
	"app/recent": {"app/organizer"},
	"app": {
		"app/...", "assets", "assets/...", "docs", "internal/atomicfile", "internal/regular", "judging",
		"judging/office",
		"judging/office/...", "judging/packet", "judging/prepare", "judging/sample", "judging/sealing",
		"judging/store/archive",
	},

	// The command line: the front door knows the commands, they know the frame, and a stage sees no other stage.
	"cmd/fayictl": {"cmd/fayictl/internal/...", "judging/worker"},
	"cmd/fayictl/internal/command": {
		"assets", "internal/atomicfile", "internal/machine", "internal/regular", "judging", "judging/office",
		"judging/release", "judging/sealing", "judging/sheet/ledger", "judging/store",
		"judging/store/seal", "judging/text",
		"judging/tries",
	},
	"cmd/fayictl/internal/intake": {
		"cmd/fayictl/internal/command", "internal/regular", "judging", "judging/arrival", "judging/office",
		"judging/office/collect", "judging/office/correction", "judging/office/duplicates",
		"judging/office/intake", "judging/office/problems",
		"judging/office/workfiles", "judging/sending/host", "judging/sheet/propose",
	},
	"cmd/fayictl/internal/parcel": {
		"cmd/fayictl/internal/command", "judging", "judging/kitmark", "judging/office", "judging/parcel",
		"judging/superior",
	},
	"cmd/fayictl/internal/sending": {
		"cmd/fayictl/internal/command", "internal/awake", "judging", "judging/office", "judging/office/collect",
		"judging/office/sending", "judging/sending", "judging/sending/host",
	},
	"cmd/fayictl/internal/review": {
		"cmd/fayictl/internal/command", "judging", "judging/office", "judging/office/review",
	},
	"cmd/fayictl/internal/assignment": {
		"cmd/fayictl/internal/command", "judging", "judging/office", "judging/office/assignment",
		"judging/office/scoredjudges",
	},
	"cmd/fayictl/internal/hall": {
		"cmd/fayictl/internal/command", "judging", "judging/hall", "judging/room", "judging/room/host",
	},
	"cmd/fayictl/internal/room": {
		"cmd/fayictl/internal/command", "cmd/fayictl/internal/scoring", "internal/awake", "judging", "judging/office",
		"judging/office/live", "judging/office/passes", "judging/room", "judging/room/host",
	},
	"cmd/fayictl/internal/scoring": {
		"cmd/fayictl/internal/command", "judging", "judging/office", "judging/office/collecting",
		"judging/office/audience", "judging/office/comments", "judging/office/doubleentry", "judging/office/live",
		"judging/office/packets", "judging/office/scoring", "judging/terms",
	},
	"cmd/fayictl/internal/results": {
		"cmd/fayictl/internal/command", "judging", "judging/office", "judging/office/hints",
		"judging/office/results", "judging/stats",
	},
	"cmd/fayictl/internal/awards": {
		"cmd/fayictl/internal/command", "judging", "judging/award", "judging/day", "judging/office",
		"judging/office/awards", "judging/office/comparisons",
	},
	"cmd/fayictl/internal/report": {
		"cmd/fayictl/internal/command", "judging", "judging/day", "judging/office", "judging/office/exhibition",
		"judging/office/letters", "judging/office/report", "judging/office/results", "judging/office/review",
		"judging/superior",
	},
	"cmd/fayictl/internal/contest": {
		"assets/rubrics", "cmd/fayictl/internal/command", "internal/atomicfile", "internal/awake",
		"internal/machine", "judging", "judging/day", "judging/diploma", "judging/office", "judging/office/awards",
		"judging/office/effect", "judging/office/rules", "judging/packet", "judging/prepare", "judging/sample",
		"judging/sealing", "judging/sharing", "judging/store", "judging/store/archive", "judging/store/bolt",
		"judging/store/mirror", "judging/store/replica",
	},
	"cmd/fayictl/internal/table": {
		"cmd/fayictl/internal/command", "judging", "judging/assign", "judging/comparison", "judging/hints",
		"judging/office/hints", "judging/sheet/ledger", "judging/sheet/score", "judging/stats",
	},

	"cmd/fayi": {
		"app", "app/kit/...", "app/organizer/page", "assets", "assets/...", "internal/atomicfile", "internal/machine",
		"judging",
		"judging/office", "judging/office/...", "judging/sealing", "judging/store/archive", "judging/store/bolt",
		"judging/store/seal", "judging/worker",
	},
	"scripts":          {}, // tests of what is run from there
	"scripts/mutants":  {},
	"scripts/bench":    {"internal/measure", "judging/shapes", "judging/stats"},
	"scripts/licences": {},

	"cmd/fayi/probe": {"app", "app/kit/...", "app/kit/sight"},

	"judging/media/jpegscale": {},

	"internal/atomicfile": {},
	"internal/awake":      {},
	"internal/machine":    {"internal/atomicfile", "internal/regular"},
	"internal/matching":   {},
	"internal/unionfind":  {},
	"internal/bomb":       {},
	"internal/filelock":   {},
	"internal/regular":    {},
}

// fences names the only packages that may import a library.
var fences = map[string][]string{
	"go.etcd.io/bbolt": {"judging/store/bolt"},
	"github.com/xuri/excelize/v2": {"judging/collect", "judging/sheet/forms", "judging/sheet/mendlist",
		"judging/sheet/messy", "judging/sheet/paper", "judging/sheet/sheettest"},
	"fyne.io/fyne/v2/app":                         {"cmd/fayi"},
	"github.com/klippa-app/go-pdfium":             {"judging/media/pdf"},
	"github.com/klippa-app/go-pdfium/webassembly": {"judging/media/pdf"},
	"filippo.io/age":                              {"judging/packet", "judging/store/archive"},
	// play on the loopback only
	"net/http": {
		"judging/hall", "judging/media/play", "judging/room", "judging/room/client", "judging/room/plain",
		"judging/sending", "judging/sending/host",
		"judging/store/depot/s3", "judging/store/replica/lanlog",
	},
	"github.com/minio/minio-go/v7":       {"judging/store/depot/s3"},
	"github.com/jackc/pgx/v5/pgxpool":    {"judging/store/replica/pglog"},
	"go.etcd.io/etcd/client/v3":          {"judging/store/replica/etcdlog"},
	"go.etcd.io/etcd/api/v3":             {"judging/store/replica/etcdlog"},
	"google.golang.org/grpc":             {"judging/store/replica/etcdlog"},
	"github.com/klauspost/compress/zstd": {"judging/store/replica"},
	"github.com/godbus/dbus/v5":          {"internal/awake"},
	"github.com/ebitengine/oto/v3":       {"app/speaker"},
	"github.com/hajimehoshi/go-mp3":      {"judging/media/sound"},
	"github.com/jfreymuth/oggvorbis":     {"judging/media/sound"},
	"github.com/mewkiz/flac/frame":       {"judging/media/scrub/recordings", "judging/media/sound"},
	"github.com/mewkiz/flac/meta":        {"judging/media/sound"},
	"fyne.io/fyne/v2/test":               {"app/kit/kittest", "cmd/fayi/probe"},
	"fayi/app/kit/kittest":               {"app/organizer/pagetest"},
	"github.com/signintech/gopdf":        {"judging/diploma"},
	"github.com/piglig/go-qr":            {"judging/diploma"},
	"golang.org/x/time/rate":             {"judging/hall", "judging/room", "judging/sending"},
	"github.com/tus/tusd/v2/pkg/handler": {"judging/sending"},
	"github.com/spf13/cobra":             {"cmd/fayictl/internal/command"},
	"github.com/spf13/pflag":             {"cmd/fayictl/internal/command"},
}

func TestEachPackageKeepsToItsLayer(t *testing.T) {
	for pkg, imports := range listImports(t, "{{.Imports}}") {
		allowed, known := layers[pkg]
		if !known {
			t.Errorf("package %s has no room in the layers table", pkg)
		}
		for _, imp := range imports {
			if own, ok := strings.CutPrefix(imp, "fayi/"); ok && !allows(allowed, own) {
				t.Errorf("%s must not import %s", pkg, own)
			}
			if keepers, fenced := fences[imp]; fenced && !slices.Contains(keepers, pkg) {
				t.Errorf("%s must not import %s: only %v may", pkg, imp, keepers)
			}
		}
	}
}

func TestNothingHeadlessReachesTheWindow(t *testing.T) {
	for pkg, deps := range listImports(t, "{{.Deps}}") {
		if !strings.HasPrefix(pkg, "judging") && !strings.HasPrefix(pkg, "cmd/fayictl") &&
			!strings.HasPrefix(pkg, "assets") {
			continue
		}
		for _, d := range deps {
			if strings.HasPrefix(d, "fyne.io/") || strings.HasPrefix(d, "github.com/go-gl/") {
				t.Errorf("%s reaches %s", pkg, d)
			}
		}
	}
}

func TestRulesAndPureNumbersReadNoClockAndNoChance(t *testing.T) {
	for pkg, imports := range listImports(t, "{{.Imports}}") {
		if !slices.Contains([]string{"judging", "judging/assign", "judging/hints"}, pkg) &&
			!strings.HasPrefix(pkg, "judging/stats") {
			continue
		}
		for _, banned := range []string{"os", "net", "crypto/rand", "math/rand", "log", "log/slog"} {
			if slices.Contains(imports, banned) {
				t.Errorf("%s imports %s", pkg, banned)
			}
		}
	}
}

func allows(allowed []string, pkg string) bool {
	return slices.ContainsFunc(allowed, func(a string) bool {
		below, all := strings.CutSuffix(a, "...")
		return a == pkg || all && strings.HasPrefix(pkg+"/", below)
	})
}

// listImports asks the go tool for a list field of every package of the project.
func listImports(t *testing.T, field string) map[string][]string {
	t.Helper()
	cmd := exec.Command("go", "list", "-e", "-f", "{{.ImportPath}} "+field, "./...")
	cmd.Dir = ".."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	found := map[string][]string{}
	for line := range strings.Lines(string(out)) {
		pkg, list, _ := strings.Cut(strings.TrimSpace(line), " ")
		found[strings.TrimPrefix(pkg, "fayi/")] = strings.Fields(strings.Trim(list, "[]"))
	}
	if len(found) < 10 {
		t.Fatalf("go list found only %d packages", len(found))
	}
	return found
}
