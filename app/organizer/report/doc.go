// Package report holds the pages for what leaves the house: papers, certificates, and winners reported upward.
package report
