# SPDX-FileCopyrightText: 2026 Glasshouse authors
# SPDX-License-Identifier: GPL-3.0-or-later
# xxHash with its own package file (vcpkg) or without one (Debian, Homebrew): defines xxHash::xxhash, and
# GLASSHOUSE_XXHASH_DISPATCH for who uses it where the library chooses its code by the processor (Debian).
find_package(xxHash CONFIG QUIET)
if(NOT TARGET xxHash::xxhash)
    find_path(XXHASH_INCLUDE_DIR xxhash.h)
    find_library(XXHASH_LIBRARY xxhash)
    mark_as_advanced(XXHASH_INCLUDE_DIR XXHASH_LIBRARY)
endif()

include(FindPackageHandleStandardArgs)
if(TARGET xxHash::xxhash)
    find_package_handle_standard_args(xxHash CONFIG_MODE)
else()
    find_package_handle_standard_args(xxHash REQUIRED_VARS XXHASH_LIBRARY XXHASH_INCLUDE_DIR)
    if(xxHash_FOUND)
        add_library(xxHash::xxhash UNKNOWN IMPORTED)
        set_target_properties(xxHash::xxhash PROPERTIES IMPORTED_LOCATION "${XXHASH_LIBRARY}"
            INTERFACE_INCLUDE_DIRECTORIES "${XXHASH_INCLUDE_DIR}")
    endif()
endif()

if(xxHash_FOUND)
    include(CheckCXXSourceCompiles)
    include(CMakePushCheckState)
    cmake_push_check_state(RESET)
    set(CMAKE_REQUIRED_LIBRARIES xxHash::xxhash)
    set(GLASSHOUSE_TARGET_TYPE "${CMAKE_TRY_COMPILE_TARGET_TYPE}")
    set(CMAKE_TRY_COMPILE_TARGET_TYPE EXECUTABLE) # only the linker knows
    check_cxx_source_compiles("
        #include <xxhash.h>
        #include <xxh_x86dispatch.h>
        int main() { return XXH3_64bits_withSeed_dispatch(nullptr, 0, 0) == 0; }" GLASSHOUSE_HAS_XXHASH_DISPATCH)
    set(CMAKE_TRY_COMPILE_TARGET_TYPE "${GLASSHOUSE_TARGET_TYPE}")
    cmake_pop_check_state()
    if(GLASSHOUSE_HAS_XXHASH_DISPATCH)
        set_property(TARGET xxHash::xxhash APPEND PROPERTY INTERFACE_COMPILE_DEFINITIONS GLASSHOUSE_XXHASH_DISPATCH)
    endif()
endif()
