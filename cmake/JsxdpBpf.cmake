# BPF C is compiled by clang for the bpf target, whatever compiler builds the
# rest, and the objects are embedded into the library that loads them.
find_program(JSXDP_BPF_CLANG NAMES clang-19 clang REQUIRED)
find_program(JSXDP_BPFTOOL NAMES bpftool PATHS /usr/sbin /sbin REQUIRED)
enable_language(ASM)

# The kernel's own headers of this machine's architecture (asm/types.h).
set(JSXDP_BPF_ARCH_INCLUDE /usr/include/${CMAKE_SYSTEM_PROCESSOR}-linux-gnu)

# jsxdp_bpf_object(OUT SOURCE...): compiles each BPF C file, then links them to
# the one object OUT with libbpf's static linker.
function(jsxdp_bpf_object out)
  set(parts)
  foreach(source ${ARGN})
    get_filename_component(source ${source} ABSOLUTE)
    get_filename_component(name ${source} NAME)
    set(part ${CMAKE_CURRENT_BINARY_DIR}/${name}.o)
    add_custom_command(
      OUTPUT ${part}
      COMMAND ${JSXDP_BPF_CLANG} -O2 -g -target bpf -mcpu=v4 -Wall -Wextra -Werror
              -Wno-unused-parameter -I${PROJECT_SOURCE_DIR}/src -isystem ${JSXDP_BPF_ARCH_INCLUDE}
              -ffile-prefix-map=${PROJECT_SOURCE_DIR}/= -MD -MF ${part}.d -c ${source} -o ${part}
      DEPENDS ${source}
      DEPFILE ${part}.d
      COMMENT "BPF ${name}"
      VERBATIM)
    list(APPEND parts ${part})
  endforeach()
  add_custom_command(
    OUTPUT ${out}
    COMMAND ${JSXDP_BPFTOOL} gen object ${out} ${parts}
    DEPENDS ${parts}
    COMMENT "BPF link ${out}"
    VERBATIM)
endfunction()

# jsxdp_embed(TARGET SYMBOL FILE): makes the bytes of FILE part of TARGET, as
# `extern "C" const unsigned char SYMBOL[], SYMBOL_end[]`, 8-byte aligned.
function(jsxdp_embed target symbol file)
  set(asm ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.S)
  file(CONFIGURE OUTPUT ${asm} @ONLY CONTENT [[
	.section .rodata
	.balign 8
	.globl @symbol@
@symbol@:
	.incbin "@file@"
	.globl @symbol@_end
@symbol@_end:
	.byte 0
	.section .note.GNU-stack,"",%progbits
]])
  set_source_files_properties(${asm} PROPERTIES OBJECT_DEPENDS ${file})
  target_sources(${target} PRIVATE ${asm})
endfunction()
