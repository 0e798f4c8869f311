package cite

import (
	"fmt"
	"strconv"
	"strings"
)

// A Date is a day, month or year of the Gregorian calendar; Month and Day are
// 0 where they are not known. The zero Date is no date.
type Date struct{ Year, Month, Day int }

// IsZero tells whether d is no date.
func (d Date) IsZero() bool { return d == Date{} }

// String is the ISO form: "2018-06-28", "2018-06", "2018", "".
func (d Date) String() string {
	switch {
	case d.IsZero():
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// CSL is the date as CSL-JSON has it, as far as it is known; nil for no date.
func (d Date) CSL() *CSLDate {
	if d.IsZero() {
		return nil
	}
	parts := []int{d.Year}
	if d.Month > 0 {
		parts = append(parts, d.Month)
		if d.Day > 0 {
			parts = append(parts, d.Day)
		}
	}
	return &CSLDate{DateParts: [][]int{parts}}
}

// MarshalText writes the ISO form.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the ISO form.
func (d *Date) UnmarshalText(b []byte) error {
	v, err := ParseISODate(string(b))
	*d = v
	return err
}

// ParseISODate reads "2018-06-28", "2018-06", "2018" or "".
func ParseISODate(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	var d Date
	for i, part := range strings.Split(s, "-") {
		n, err := strconv.Atoi(part)
		if err != nil || i > 2 {
			return Date{}, fmt.Errorf("%q is not an ISO date", s)
		}
		*[]*int{&d.Year, &d.Month, &d.Day}[i] = n
	}
	if !d.Valid() {
		return Date{}, fmt.Errorf("%q is not a day of the calendar", s)
	}
	return d, nil
}

var monthDays = [13]int{31, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

// Valid tells whether d is a day, month or year that exists.
func (d Date) Valid() bool {
	if d.Year < 1 || d.Month < 0 || d.Month > 12 || d.Day < 0 || d.Day > 0 && d.Month == 0 {
		return false
	}
	last := monthDays[d.Month]
	if d.Month == 2 && (d.Year%4 == 0 && d.Year%100 != 0 || d.Year%400 == 0) {
		last = 29
	}
	return d.Day <= last
}

// Months are the English month names, by number.
var Months = [13]string{"", "January", "February", "March", "April", "May", "June", "July",
	"August", "September", "October", "November", "December"}

// Words is the date as the UN writes it: "28 June 2018".
func (d Date) Words() string {
	switch {
	case d.IsZero():
		return ""
	case d.Month == 0:
		return strconv.Itoa(d.Year)
	case d.Day == 0:
		return Months[d.Month] + " " + strconv.Itoa(d.Year)
	}
	return strconv.Itoa(d.Day) + " " + Months[d.Month] + " " + strconv.Itoa(d.Year)
}
