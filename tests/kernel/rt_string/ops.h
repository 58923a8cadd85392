// The functions under test: X1..X3(name in the cases, function, argument types),
// by number of arguments; s string, n number, b boolean, l list of either.
#ifndef JX_TEST_OPS_H
#define JX_TEST_OPS_H

#define RT_STRING_OPS(X1, X2, X3)                 \
  X1(StrTruthy, jx_str_truthy)                    \
  X1(StrLength, jx_str_length)                    \
  X2(StrEq, jx_str_eq)                            \
  X2(StrLt, jx_str_lt)                            \
  X2(StrCompare, jx_str_compare)                  \
  X2(Concat2, jx_concat2)                         \
  X2(CharAt, jx_char_at)                          \
  X2(CharCodeAt, jx_char_code_at)                 \
  X2(CodePointAt, jx_code_point_at)               \
  X1(FromCharCode, jx_from_char_code)             \
  X1(FromCodePoint, jx_from_code_point)           \
  X3(Slice, jx_slice)                             \
  X3(Substring, jx_substring)                     \
  X3(Substr, jx_substr)                           \
  X1(Trim, jx_trim)                               \
  X1(TrimStart, jx_trim_start)                    \
  X1(TrimEnd, jx_trim_end)                        \
  X1(HtmlEscape, jx_html_escape)                  \
  X3(StrIncludes, jx_str_includes)                \
  X3(StrStartsWith, jx_str_starts_with)           \
  X3(StrEndsWith, jx_str_ends_with)               \
  X3(IndexOf, jx_index_of)                        \
  X3(LastIndexOf, jx_last_index_of)               \
  X1(IsJsUrl, jx_is_js_url)                       \
  X1(StrIsWellFormed, jx_str_is_well_formed)      \
  X1(Upper, jx_upper)                             \
  X1(Lower, jx_lower)                             \
  X3(PadStart, jx_pad_start)                      \
  X3(PadEnd, jx_pad_end)                          \
  X2(Repeat, jx_repeat)                           \
  X3(Replace, jx_replace)                         \
  X3(ReplaceAll, jx_replace_all)                  \
  X1(EncodeURIComponent, jx_encode_uri_component) \
  X1(EncodeURI, jx_encode_uri)                    \
  X1(DecodeURIComponent, jx_decode_uri_component) \
  X1(JsonQuote, jx_json_quote)                    \
  X1(ToWellFormed, jx_to_well_formed)             \
  X3(Split, jx_split)                             \
  X1(CodePoints, jx_code_points)                  \
  X1(Range, jx_range)                             \
  X3(ListSlice, jx_list_slice)                    \
  X1(ListReverse, jx_list_reverse)                \
  X2(ListConcat, jx_list_concat)                  \
  X2(Join, jx_join)                               \
  X1(ListLength, jx_list_length)                  \
  X2(ListAtStr, jx_list_at_str)                   \
  X2(ListAtNum, jx_list_at_num)                   \
  X2(ListIncludesStr, jx_list_includes_str)       \
  X2(ListIncludesNum, jx_list_includes_num)       \
  X2(ListIndexOfStr, jx_list_index_of_str)

#endif
