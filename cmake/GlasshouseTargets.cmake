# SPDX-FileCopyrightText: 2026 Glasshouse authors
# SPDX-License-Identifier: GPL-3.0-or-later

# What every target of ours is compiled with.
add_library(glasshouse_options INTERFACE)
target_include_directories(glasshouse_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_features(glasshouse_options INTERFACE cxx_std_20)
target_compile_definitions(glasshouse_options INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY
    GLASSHOUSE_VERSION="${PROJECT_VERSION}")
if(MSVC)
    target_compile_options(glasshouse_options INTERFACE /W4 /permissive- /utf-8)
    if(GLASSHOUSE_WERROR)
        target_compile_options(glasshouse_options INTERFACE /WX)
    endif()
else()
    target_compile_options(glasshouse_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wimplicit-fallthrough)
    if(GLASSHOUSE_WERROR)
        target_compile_options(glasshouse_options INTERFACE -Werror)
    endif()
endif()
if(GLASSHOUSE_SANITIZE)
    target_compile_options(glasshouse_options INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
    target_link_options(glasshouse_options INTERFACE -fsanitize=address,undefined)
endif()
if(CMAKE_INTERPROCEDURAL_OPTIMIZATION AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_link_options(glasshouse_options INTERFACE -Wno-alloc-size-larger-than) # of QHash, where the linker inlines it
endif()

# Takes the files of other systems out of a list: system calls stand in files named for the system (…linux, …posix, …windows).
function(glasshouse_keep_files_of_this_system list)
    set(others)
    if(NOT CMAKE_SYSTEM_NAME STREQUAL "Linux")
        list(APPEND others linux)
    endif()
    if(NOT UNIX)
        list(APPEND others posix)
    endif()
    if(NOT WIN32)
        list(APPEND others windows)
    endif()
    list(JOIN others "|" others)
    list(FILTER ${list} EXCLUDE REGEX "(${others})\\.cpp$")
    set(${list} ${${list}} PARENT_SCOPE)
endfunction()

# glasshouse_library(<name> <folder...>): a library, static where it is not for tests, from all sources in the folders.
function(glasshouse_library name)
    set(sources)
    foreach(folder IN LISTS ARGN)
        file(GLOB found CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.cpp ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.h)
        list(APPEND sources ${found})
    endforeach()
    glasshouse_keep_files_of_this_system(sources)
    if(GLASSHOUSE_SHARED) # for tests: one of hundreds links in no time, and takes no 200 MB
        add_library(${name} SHARED ${sources})
        set_target_properties(${name} PROPERTIES DEFINE_SYMBOL "")
    else()
        add_library(${name} STATIC ${sources})
    endif()
    target_link_libraries(${name} PUBLIC glasshouse_options)
endfunction()
