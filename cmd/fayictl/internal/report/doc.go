// Package report declares the commands that write what leaves the office: lists, batches, certificates.
package report
